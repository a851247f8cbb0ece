using Edgewise.Showmap.Replay;

namespace Edgewise.Showmap.Evm;

/// <summary>What the replay of a corpus came to.</summary>
/// <param name="Accepted">Entries that count.</param>
/// <param name="Skipped">Entries that do not.</param>
/// <param name="Unreadable">Entries that cannot be read.</param>
/// <param name="RejectedCalls">Calls that reach no target.</param>
/// <param name="DiscardedCalls">Calls that ended themselves.</param>
public sealed record EvmReplaySummary(int Accepted, int Skipped, int Unreadable, int RejectedCalls, int DiscardedCalls)
{
    /// <summary>True where more than half of the entries were skipped: of an invariant test's corpus that is a sign that harness and corpus do not belong together.</summary>
    public bool IsMostlySkipped => Skipped * 2 > Accepted + Skipped + Unreadable;

    /// <summary>Sums results up.</summary>
    public static EvmReplaySummary Of(IEnumerable<EvmEntryResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        return results.Aggregate(new EvmReplaySummary(0, 0, 0, 0, 0), static (sum, result) => new(
            sum.Accepted + (result.Outcome == EntryFate.Accepted ? 1 : 0), sum.Skipped + (result.Outcome == EntryFate.Skipped ? 1 : 0),
            sum.Unreadable + (result.Outcome == EntryFate.Unreadable ? 1 : 0), sum.RejectedCalls + result.Rejected, sum.DiscardedCalls + result.Discarded));
    }
}
