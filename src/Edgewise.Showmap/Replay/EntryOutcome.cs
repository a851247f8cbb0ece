namespace Edgewise.Showmap.Replay;

/// <summary>How the replay of an entry went.</summary>
/// <param name="Fate">What became of it.</param>
/// <param name="Reason">Why, where it was not accepted; else empty.</param>
/// <param name="Calls">Calls that it has.</param>
/// <param name="Rejected">Calls that the target rejected; they count for nothing.</param>
/// <param name="Answered">Calls that ended in an exception that is an answer of the target.</param>
public readonly record struct EntryOutcome(EntryFate Fate, string Reason, int Calls, int Rejected, int Answered);
