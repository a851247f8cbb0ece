namespace Edgewise.Corpus.Minimization;

/// <summary>An entry that a minimised corpus may keep.</summary>
/// <param name="Name">Its name; of two equal names one is a copy.</param>
/// <param name="Cost">What it costs to keep, at least 0: its size, the time of a run, or their product.</param>
/// <param name="Features">The features that it covers, each once, in any order.</param>
public readonly record struct CoverCandidate(EntryName Name, long Cost, ReadOnlyMemory<uint> Features);
