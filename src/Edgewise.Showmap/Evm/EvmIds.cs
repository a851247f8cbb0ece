using Edgewise.Showmap.Evm.Words;
using Edgewise.Showmap.Files;

namespace Edgewise.Showmap.Evm;

/// <summary>The lines of a showmap file for the EVM, as Foundry writes them.</summary>
public static class EvmIds
{
    /// <summary><c>evm_</c>, the first 16 digits of the hash of the code, <c>_</c>, and the place in four or more digits, lower case.</summary>
    public static string Of(EvmWord codeHash, int pc) => Line(codeHash, pc, 0).Name;

    /// <summary>A line a point that was hit, <c>ID:COUNT</c>, sorted by the whole hash, then by place.</summary>
    /// <exception cref="ShowmapException">Two hashes begin with the same 16 digits, so that two points would have one id.</exception>
    public static IEnumerable<string> Lines(EvmCounts counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        (EvmWord CodeHash, int Pc, ulong Count)[] points = [.. counts.Points];
        // Refuses ids that two codes would share.
        _ = new ShowmapText([.. points.Select(static point => point.CodeHash).Distinct().Select(static hash => new CodeModule(PointDomain.Evm, Digits(hash)))]);
        return points.Select(static point => Line(point.CodeHash, point.Pc, point.Count).ToString());
    }

    private static ShowmapLine Line(EvmWord hash, int pc, ulong count) => new(PointDomain.Evm, ShowmapLine.Short(Digits(hash)), (ulong)pc, count);

    private static string Digits(EvmWord hash) => hash.ToHash()[2..];
}
