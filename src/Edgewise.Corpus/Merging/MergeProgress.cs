namespace Edgewise.Corpus.Merging;

/// <summary>How far one process of a merge has come.</summary>
/// <param name="Index">Index of the input that was executed last.</param>
/// <param name="Executed">Inputs that this process executed.</param>
/// <param name="Features">Features that they cover together.</param>
/// <param name="Points">Points that they cover together.</param>
public readonly record struct MergeProgress(int Index, long Executed, int Features, int Points);
