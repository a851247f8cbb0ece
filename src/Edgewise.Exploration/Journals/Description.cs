namespace Edgewise.Exploration.Journals;

/// <summary>What a person calls a state or a property; a journal carries it once, for what a process has not seen before.</summary>
/// <param name="State">The identity.</param>
/// <param name="Family">Its kind, in the words of who reports it: <c>always</c>, <c>sometimes</c>, <c>each</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Detail">What tells it from others of its name: <c>lock=0, depth=3</c>; empty if nothing does.</param>
public readonly record struct Description(ulong State, string Family, string Name, string Detail);
