using System.Collections.Concurrent;
using Edgewise.Showmap.Evm.State;
using Edgewise.Showmap.Evm.Words;

namespace Edgewise.Showmap.Evm.Harness;

/// <summary>All artifacts of a forge project, and which of them a contract on the chain is.</summary>
internal sealed class ProjectArtifacts(IReadOnlyList<ContractArtifact> artifacts)
{
    // Forge's: contracts differ from their artifact by immutables and metadata.
    private const double AcceptedDifference = 0.15;
    private readonly ConcurrentDictionary<EvmWord, ContractArtifact?> _found = [];

    /// <summary>All.</summary>
    public IReadOnlyList<ContractArtifact> All => artifacts;

    /// <summary>Reads the artifacts beside a harness: all of its output folder.</summary>
    /// <exception cref="ShowmapException">One cannot be read.</exception>
    public static ProjectArtifacts Beside(string harnessPath)
    {
        string folder = Path.GetDirectoryName(Path.GetDirectoryName(Path.GetFullPath(harnessPath))) ?? ".";
        try
        {
            return new([.. Directory.EnumerateDirectories(folder, "*.sol").SelectMany(static sources => Directory.EnumerateFiles(sources, "*.json")).Order(StringComparer.Ordinal)
                .Select(ContractArtifact.Read)]);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ShowmapException($"{folder}: the artifacts of the project cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>The artifact whose code is nearest, or null where none is near.</summary>
    public ContractArtifact? Find(EvmCode code) => code.Bytes.Length == 0 ? null : _found.GetOrAdd(code.Hash, _ =>
        artifacts.Where(static artifact => artifact.RuntimeCode is { Length: > 0 })
            .Select(artifact => (Artifact: artifact, Difference: Difference(artifact.RuntimeCode, code.Bytes)))
            .Where(static match => match.Difference <= AcceptedDifference)
            .OrderBy(static match => match.Difference).Select(static match => match.Artifact).FirstOrDefault());

    // The share of bytes that differ; lengths that are far apart are not compared.
    private static double Difference(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        int longest = Math.Max(a.Length, b.Length), shortest = Math.Min(a.Length, b.Length), different = longest - shortest;
        if (different > 32 && different * 10L > longest)
        {
            return 1;
        }

        for (int place = 0; place < shortest; place++)
        {
            different += a[place] != b[place] ? 1 : 0;
        }

        return (double)different / longest;
    }
}
