using Edgewise.Showmap.Corpora;

namespace Edgewise.Showmap.Replay.Targets;

/// <summary>Runs the calls of an entry.</summary>
/// <param name="target">The target.</param>
/// <param name="entering">Called before each call of the target, and with false after it.</param>
internal sealed class EntryRunner(IReplayTarget target, Action<bool> entering)
{
    private readonly CountSums _sums = new();

    /// <summary>Runs an entry.</summary>
    /// <param name="kind">What its content is.</param>
    /// <param name="content">Its content.</param>
    public EntryCounts Run(EntryKind kind, byte[] content)
    {
        if (EntryReader.Calls(kind, content, out string? problem) is not { } calls)
        {
            return Nothing(new EntryOutcome(EntryFate.Unreadable, problem!, 0, 0, 0));
        }

        if (calls.Count == 0)
        {
            return Nothing(new EntryOutcome(EntryFate.Skipped, "empty", 0, 0, 0));
        }

        int rejected = 0, answered = 0;
        foreach (byte[] call in calls)
        {
            try
            {
                entering(true);
                target.Run(call);
                entering(false);
                if (target.HasRejected)
                {
                    rejected++;
                    continue;
                }
            }
#pragma warning disable CA1031 // What a target throws is its fate.
            catch (Exception thrown)
#pragma warning restore CA1031
            {
                entering(false);
                if (!target.IsExpected(thrown))
                {
                    _ = _sums.Take();
                    return Nothing(new EntryOutcome(EntryFate.Crashed, $"{thrown.GetType().FullName}: {FirstLine(thrown.Message)}", calls.Count, rejected, answered));
                }

                answered++;
            }

            target.Collect(_sums);
        }

        int saturated = _sums.Saturated;
        SlotCount[] counts = _sums.Take();
        return rejected == calls.Count
            ? Nothing(new EntryOutcome(EntryFate.Skipped, "rejected", calls.Count, rejected, 0))
            : new EntryCounts(new EntryOutcome(EntryFate.Accepted, "", calls.Count, rejected, answered), counts, [], saturated);
    }

    private static EntryCounts Nothing(EntryOutcome outcome) => new(outcome, [], [], 0);

    private static string FirstLine(string text)
    {
        int end = text.AsSpan().IndexOfAny('\r', '\n');
        return end < 0 ? text : text[..end];
    }
}
