namespace Edgewise.Exploration.Journals;

/// <summary>How often a property was asked in a run.</summary>
/// <param name="Property">Its identity.</param>
/// <param name="Holds">Times at which it held, or was reached.</param>
/// <param name="Fails">Times at which it did not hold.</param>
/// <param name="Nearest">For a number that is watched, the value that came nearest to its limit; for a set of conditions, how many of them held at once; larger is nearer. Else <see cref="long.MinValue"/>.</param>
public readonly record struct Tally(ulong Property, long Holds, long Fails, long Nearest = long.MinValue);
