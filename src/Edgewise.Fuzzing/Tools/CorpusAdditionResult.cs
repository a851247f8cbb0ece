using Edgewise.Corpus;
using Edgewise.Fuzzing.Findings;

namespace Edgewise.Fuzzing.Tools;

/// <summary>What a merge added to a corpus.</summary>
/// <param name="Added">The new entries.</param>
/// <param name="NewFeatures">Features that they add.</param>
/// <param name="NewPoints">Points that they add.</param>
/// <param name="Failures">Inputs that the target threw at or died of, which are left out.</param>
/// <param name="Attempts">Processes that it took.</param>
public sealed record CorpusAdditionResult(IReadOnlyList<EntryName> Added, int NewFeatures, int NewPoints, IReadOnlyList<(string Path, Finding Finding)> Failures, int Attempts);
