using System.Runtime.InteropServices;

namespace Edgewise.Showmap.Replay;

/// <summary>Finds points whose counts depend on what ran before.</summary>
internal static class Stability
{
    /// <summary>The second run of an entry, with what the first one counted differently.</summary>
    public static EntryCounts Compare(EntryCounts first, EntryCounts second)
    {
        if (first.Outcome.Fate != second.Outcome.Fate)
        {
            // Once accepted and once not: the worse of the two is the truth about it.
            return (first.Outcome.Fate > second.Outcome.Fate ? first : second) with { Before = [] };
        }

        if (AreSame(first.Counts, second.Counts))
        {
            return second;
        }

        List<SlotCount> before = [];
        int i = 0, k = 0;
        while (i < first.Counts.Length || k < second.Counts.Length)
        {
            int order = i == first.Counts.Length ? 1 : k == second.Counts.Length ? -1 : Compare(first.Counts[i], second.Counts[k]);
            switch (order)
            {
                case < 0:
                    before.Add(first.Counts[i++]);
                    break;
                case > 0:
                    before.Add(second.Counts[k++] with { Count = 0 });
                    break;
                default:
                    if (first.Counts[i].Count != second.Counts[k].Count)
                    {
                        before.Add(first.Counts[i]);
                    }

                    i++;
                    k++;
                    break;
            }
        }

        return second with { Before = [.. before] };
    }

    // A count has no padding: what has the same bytes is the same.
    private static bool AreSame(SlotCount[] first, SlotCount[] second) => MemoryMarshal.AsBytes<SlotCount>(first).SequenceEqual(MemoryMarshal.AsBytes<SlotCount>(second));

    private static int Compare(SlotCount left, SlotCount right) => (left.Module, left.Slot).CompareTo((right.Module, right.Slot));
}
