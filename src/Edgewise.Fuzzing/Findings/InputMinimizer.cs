namespace Edgewise.Fuzzing.Findings;

/// <summary>Makes an input shorter and plainer as long as it shows the same.</summary>
/// <remarks>Delta debugging by blocks of halving sizes, then each value and each byte to a plain one; AFL's <c>tmin</c> goes the same way. The same input gives the same result.</remarks>
public static class InputMinimizer
{
    private const byte Plain = (byte)'0';
    private const int FirstShare = 2;

    /// <summary>Minimises an input.</summary>
    /// <param name="input">The input, which shows it.</param>
    /// <param name="shows">Runs an input and tells whether it shows the same.</param>
    /// <param name="budget">Runs that may be made.</param>
    /// <returns>The shortest found; the input itself where nothing shorter shows it.</returns>
    public static byte[] Minimize(byte[] input, Func<byte[], bool> shows, int budget)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(shows);
        byte[] best = input;
        byte[] before;
        do
        {
            before = best;
            best = RemoveBlocks(best, shows, ref budget);
            best = MakeValuesPlain(best, shows, ref budget);
            best = MakePlain(best, shows, ref budget);
        }
        while (!best.AsSpan().SequenceEqual(before) && budget > 0);

        return best;
    }

    private static byte[] RemoveBlocks(byte[] best, Func<byte[], bool> shows, ref int budget)
    {
        for (int size = Math.Max(1, best.Length / FirstShare); size >= 1; size /= 2)
        {
            // From the end: what is behind a place that matters rarely does.
            for (int start = best.Length - size; start >= 0 && budget > 0; start -= size)
            {
                byte[] candidate = [.. best.AsSpan(0, start), .. best.AsSpan(start + size)];
                budget--;
                if (shows(candidate))
                {
                    best = candidate;
                }
            }
        }

        return best;
    }

    // All bytes of a value at once: of those that have to be alike none can go alone.
    private static byte[] MakeValuesPlain(byte[] best, Func<byte[], bool> shows, ref int budget)
    {
        foreach (byte value in best.Distinct().Where(value => value != Plain).Order().ToArray())
        {
            if (budget <= 0 || !best.AsSpan().Contains(value))
            {
                continue;
            }

            byte[] candidate = [.. best];
            candidate.AsSpan().Replace(value, Plain);
            budget--;
            best = shows(candidate) ? candidate : best;
        }

        return best;
    }

    private static byte[] MakePlain(byte[] best, Func<byte[], bool> shows, ref int budget)
    {
        for (int i = 0; i < best.Length && budget > 0; i++)
        {
            if (best[i] == Plain)
            {
                continue;
            }

            byte[] candidate = [.. best];
            candidate[i] = Plain;
            budget--;
            best = shows(candidate) ? candidate : best;
        }

        return best;
    }
}
