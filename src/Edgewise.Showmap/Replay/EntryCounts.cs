namespace Edgewise.Showmap.Replay;

/// <summary>What an entry hit.</summary>
/// <param name="Outcome">How it went; only what was accepted has counts.</param>
/// <param name="Counts">Points by module and number.</param>
/// <param name="Before">Counts of another run, earlier in the order, of those points that differ; none where both agree.</param>
/// <param name="Saturated">Points of which a counter reached its ceiling: more hits, perhaps, than are told.</param>
public sealed record EntryCounts(EntryOutcome Outcome, SlotCount[] Counts, SlotCount[] Before, int Saturated);
