using Edgewise.Showmap.Corpora;

namespace Edgewise.Showmap.Replay;

/// <summary>An entry after its replay.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Content">SHA-256 of its content, in hex; empty where it cannot be read.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Counts">What it hit, by module and point; none where it was not accepted.</param>
/// <param name="Saturated">Points of which a counter reached its ceiling.</param>
public sealed record ReplayedEntry(ReplayEntry Entry, string Content, EntryOutcome Outcome, SlotCount[] Counts, int Saturated);
