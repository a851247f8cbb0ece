using Edgewise.Showmap.Corpora;

namespace Edgewise.Showmap.Replay;

/// <summary>What a replay found.</summary>
/// <param name="Target">Name of the target.</param>
/// <param name="Modules">Modules of the target.</param>
/// <param name="Pcs">By module and number of the point, its PC; 0 for points that nothing hit.</param>
/// <param name="Entries">The entries with what each hit, in order.</param>
/// <param name="Unstable">Points whose counts depend on what ran before: module and number.</param>
public sealed record ReplayResult(
    string Target, IReadOnlyList<ReplayModule> Modules, IReadOnlyList<ulong[]> Pcs, IReadOnlyList<ReplayedEntry> Entries, IReadOnlySet<(int Module, int Slot)> Unstable)
{
    /// <summary>Number of entries of a fate.</summary>
    public int Count(EntryFate fate) => Entries.Count(entry => entry.Outcome.Fate == fate);
}
