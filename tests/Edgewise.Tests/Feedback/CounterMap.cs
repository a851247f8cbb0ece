using Edgewise.Feedback;

namespace Edgewise.Tests.Feedback;

/// <summary>Random counters and histories of every sort that a kernel treats differently.</summary>
internal static class CounterMap
{
    /// <summary>Counters of which about <paramref name="hitShare"/> (0 to 1) are not zero, each class as likely as any other.</summary>
    public static byte[] Random(Random random, int length, double hitShare)
    {
        byte[] counters = new byte[length];
        foreach (ref byte counter in counters.AsSpan())
        {
            counter = random.NextDouble() < hitShare ? (byte)((1 << random.Next(8)) + random.Next(2)) : (byte)0;
        }

        return counters;
    }

    /// <summary>
    /// A history for those counters: all zero, random, one that holds all of them, or one that lacks a single point of them,
    /// as <paramref name="variant"/> modulo 4 says.
    /// </summary>
    public static byte[] History(Random random, byte[] counters, HistoryKind kind, int variant)
    {
        byte[] history = new byte[counters.Length];
        switch (variant % 4)
        {
            case 1:
                random.NextBytes(history);
                break;
            case 2 or 3:
                PlainFeedback.Absorb(counters, history, kind);
                if (variant % 4 == 3 && history.Length > 0)
                {
                    history[random.Next(history.Length)] = 0;
                }

                break;
        }

        return history;
    }
}
