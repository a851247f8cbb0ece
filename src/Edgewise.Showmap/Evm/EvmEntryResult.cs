using Edgewise.Showmap.Replay;

namespace Edgewise.Showmap.Evm;

/// <summary>What the replay of an entry came to.</summary>
/// <param name="Path">The file.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Reason">Why it is not accepted; null where it is.</param>
/// <param name="Accepted">Calls that were run and counted, those that reverted too.</param>
/// <param name="Rejected">Calls that do not reach a target: another contract or another function than the test's.</param>
/// <param name="Discarded">Calls that an <c>assume</c> or a <c>skip</c> ended, which count for nothing.</param>
/// <param name="Counts">How often each instruction ran; empty where the entry is not accepted.</param>
public sealed record EvmEntryResult(string Path, EntryFate Outcome, string? Reason, int Accepted, int Rejected, int Discarded, EvmCounts Counts)
{
    /// <summary>SHA-256 of the content, unpacked, and of its kind, in hex; empty where it cannot be read.</summary>
    public string Content { get; init; } = "";
}
