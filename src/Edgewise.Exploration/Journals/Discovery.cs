namespace Edgewise.Exploration.Journals;

/// <summary>Something that a run found, and when.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="State">Identity of what was found, the same in every run, process and build of the same program.</param>
/// <param name="Value">How good it is, for the kinds that order; 0 for others. Larger is better.</param>
/// <param name="Segment">Number of reseeds before it.</param>
/// <param name="Count">Number of draws of its segment before it: a child timeline reseeds here.</param>
/// <param name="Family">What states of one sort have in common: the property that they are identities of. A search divides its runs among families first.</param>
public readonly record struct Discovery(DiscoveryKind Kind, ulong State, long Value, int Segment, long Count, ulong Family = 0);
