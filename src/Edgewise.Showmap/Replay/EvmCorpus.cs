using Edgewise.Showmap.Corpora;
using Edgewise.Showmap.Evm;
using Edgewise.Showmap.Files;

namespace Edgewise.Showmap.Replay;

/// <summary>Replays the entries of a corpus of Foundry's through a harness on a node.</summary>
public static class EvmCorpus
{
    /// <summary>Replays them.</summary>
    /// <param name="options">The harness, and the node.</param>
    /// <param name="entries">The entries, in order.</param>
    /// <param name="workers">How many run at a time.</param>
    /// <param name="progressed">Hears how many entries are done.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ShowmapException">The node failed, the harness cannot be deployed, or most of an invariant test's corpus does not belong to it.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static ReplayResult Run(EvmReplayOptions options, IReadOnlyList<ReplayEntry> entries, int workers, Action<int> progressed, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(entries);
        using var replay = EvmReplay.Open(options);
        int done = 0;
        IReadOnlyList<EvmEntryResult> results = replay.Replay([.. entries.Select(entry => entry.Path)], workers, _ => progressed(Interlocked.Increment(ref done)), cancellation);
        if (options.Function is null && EvmReplaySummary.Of(results).IsMostlySkipped)
        {
            throw new ShowmapException(
                $"{options.HarnessPath}: more than half of the entries were skipped ({results.First(result => result.Outcome == EntryFate.Skipped).Reason}): corpus and harness do not belong together, or --method names the fuzz test of the corpus");
        }

        var modules = new Modules();
        ReplayedEntry[] replayed = [.. results.Select((result, i) => new ReplayedEntry(entries[i], result.Content, Outcome(result), modules.Take(result.Counts), 0))];
        return new ReplayResult(options.Function ?? "invariant", modules.Told(options.HarnessPath), modules.Pcs(), replayed, new HashSet<(int, int)>());
    }

    private static EntryOutcome Outcome(EvmEntryResult result)
    {
        int refused = result.Rejected + result.Discarded;
        return new EntryOutcome(result.Outcome, result.Reason ?? "", result.Accepted + refused, refused, 0);
    }

    // Codes in the order in which they were met; a point's number is its place in the code.
    private sealed class Modules
    {
        private readonly Dictionary<string, int> _numbers = [];
        private readonly List<int> _lengths = [];

        public SlotCount[] Take(EvmCounts counts)
        {
            List<SlotCount> taken = [];
            foreach ((Evm.Words.EvmWord hash, int pc, ulong count) in counts.Points)
            {
                string text = hash.ToHash()[2..];
                if (!_numbers.TryGetValue(text, out int number))
                {
                    _numbers.Add(text, number = _lengths.Count);
                    _lengths.Add(0);
                }

                _lengths[number] = Math.Max(_lengths[number], pc + 1);
                taken.Add(new SlotCount(number, pc, count));
            }

            return [.. taken];
        }

        public List<ReplayModule> Told(string harness) =>
            [.. _numbers.OrderBy(number => number.Value).Select(number => new ReplayModule(PointDomain.Evm, "contract", harness, number.Key, _lengths[number.Value]))];

        public List<ulong[]> Pcs() => [.. _lengths.Select(length => Enumerable.Range(0, length).Select(pc => (ulong)pc).ToArray())];
    }
}
