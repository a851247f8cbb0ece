namespace Edgewise.Corpus.Merging;

/// <summary>What a merge came to.</summary>
/// <param name="NewFiles">The files that the first corpus lacks, in the order in which they were chosen.</param>
/// <param name="NewFeatures">How many features they add.</param>
/// <param name="NewPoints">How many points they add.</param>
/// <param name="Failures">Files that ended a process; they are in no corpus.</param>
/// <param name="Attempts">Processes that it took; 0 if an earlier merge had executed all.</param>
public sealed record MergeResult(IReadOnlyList<MergeFile> NewFiles, int NewFeatures, int NewPoints, IReadOnlyList<MergeFile> Failures, int Attempts);
