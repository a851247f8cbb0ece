using System.Globalization;
using Edgewise.Showmap.Evm.Words;

namespace Edgewise.Showmap.Evm;

/// <summary>The lines of a showmap file for the EVM, as Foundry writes them.</summary>
public static class EvmIds
{
    /// <summary><c>evm_</c>, the first 16 digits of the hash of the code, <c>_</c>, and the place in four or more digits, lower case.</summary>
    public static string Of(EvmWord codeHash, int pc) => string.Create(CultureInfo.InvariantCulture, $"evm_{codeHash.High:x16}_{pc:x4}");

    /// <summary>A line a point that was hit, <c>ID:COUNT</c>, sorted by the whole hash, then by place.</summary>
    /// <exception cref="ShowmapException">Two hashes begin with the same 16 digits, so that two points would have one id.</exception>
    public static IEnumerable<string> Lines(EvmCounts counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        EvmWord? last = null;
        foreach ((EvmWord hash, int pc, ulong count) in counts.Points)
        {
            if (last is { } before && before != hash && before.High == hash.High)
            {
                throw new ShowmapException($"the codes {before.ToHash()} and {hash.ToHash()} have one id, evm_{hash.High:x16}: their counts cannot stand in one showmap file");
            }

            last = hash;
            yield return string.Create(CultureInfo.InvariantCulture, $"{Of(hash, pc)}:{count}");
        }
    }
}
