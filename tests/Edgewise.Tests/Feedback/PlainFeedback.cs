using Edgewise.Feedback;

namespace Edgewise.Tests.Feedback;

/// <summary>The words of the design as plainly as they can be written: what the kernels and their scalar twin must agree with.</summary>
internal static class PlainFeedback
{
    private static readonly (int Last, byte Class)[] Ranges =
    [
        (0, 0), (1, 1), (2, 2), (3, 4), (7, 8), (15, 16), (31, 32), (127, 64), (255, 128),
    ];

    private static readonly byte[] Classes = [.. Enumerable.Range(0, 256).Select(hits => Ranges.First(range => hits <= range.Last).Class)];

    public static byte Class(byte hits) => Classes[hits];

    public static byte[] Classify(ReadOnlySpan<byte> counters)
    {
        byte[] classes = new byte[counters.Length];
        for (int point = 0; point < classes.Length; point++)
        {
            classes[point] = Class(counters[point]);
        }

        return classes;
    }

    public static Novelty Absorb(ReadOnlySpan<byte> counters, Span<byte> history, HistoryKind kind)
    {
        var strongest = Novelty.Nothing;
        for (int point = 0; point < counters.Length; point++)
        {
            byte hit = Class(counters[point]);
            byte seen = history[point];
            byte grown = kind == HistoryKind.ClassMask ? (byte)(seen | hit) : Math.Max(seen, hit);
            if (grown != seen)
            {
                Novelty here = seen == 0 ? Novelty.NewPoint : Novelty.NewClass;
                strongest = here > strongest ? here : strongest;
                history[point] = grown;
            }
        }

        return strongest;
    }
}
