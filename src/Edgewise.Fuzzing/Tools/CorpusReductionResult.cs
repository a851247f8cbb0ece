using Edgewise.Corpus;
using Edgewise.Corpus.Merging;
using Edgewise.Corpus.Metadata;
using Edgewise.Fuzzing.Findings;

namespace Edgewise.Fuzzing.Tools;

/// <summary>Which inputs suffice.</summary>
/// <param name="Chosen">Files that cover all that can be covered, by name of their content.</param>
/// <param name="Inputs">How many inputs there were.</param>
/// <param name="Bytes">Bytes of all.</param>
/// <param name="Features">Features that they cover.</param>
/// <param name="Points">Points that they cover.</param>
/// <param name="Failures">Inputs that the target threw at or died of, which are left out.</param>
public sealed record CorpusReductionResult(
    IReadOnlyList<MergeFile> Chosen, int Inputs, long Bytes, int Features, int Points, IReadOnlyList<(string Path, Finding Finding)> Failures)
{
    /// <summary>Bytes of the chosen ones.</summary>
    public long ChosenBytes => Chosen.Sum(file => file.Size);

    /// <summary>Copies the chosen ones into a corpus.</summary>
    /// <exception cref="IOException">One cannot be read.</exception>
    /// <exception cref="CorpusException">The corpus cannot be written.</exception>
    public void WriteTo(CorpusFolder corpus)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        foreach (MergeFile file in Chosen)
        {
            corpus.Add(File.ReadAllBytes(file.Path), new EntryMetadata { Mutation = "", Found = DateTimeOffset.UtcNow, Features = [.. file.Features], Cost = CorpusReduction.CostOf(file) });
        }
    }
}
