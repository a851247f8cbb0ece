namespace Edgewise.Showmap.Differential.Statistics;

/// <summary>The test of Mann and Whitney (1947): whether values of one sample tend to be larger than those of another.</summary>
/// <param name="U">How many pairs the first sample wins; a tie is half of one.</param>
/// <param name="Z">U in standard deviations from its mean, corrected for ties, without a correction for continuity; 0 where all values are equal.</param>
/// <param name="P">Two-sided: twice the smaller tail, at most 1.</param>
/// <param name="IsExact">True: <paramref name="P"/> is that of all ways to part the values; false: of the normal approximation, corrected for ties and continuity.</param>
public readonly record struct MannWhitney(double U, double Z, double P, bool IsExact)
{
    /// <summary>The most values, of both samples together, for which all ways to part them are counted.</summary>
    public const int MostExact = 50;

    /// <summary>Compares two samples.</summary>
    /// <param name="first">At least one value.</param>
    /// <param name="second">At least one value.</param>
    public static MannWhitney Compare(ReadOnlySpan<double> first, ReadOnlySpan<double> second) =>
        Compare(first, second, isExact: first.Length + second.Length <= MostExact);

    /// <summary>Compares two samples in a way that is asked for.</summary>
    /// <param name="first">At least one value.</param>
    /// <param name="second">At least one value.</param>
    /// <param name="isExact">True: by counting, which takes time that grows with the fourth power of their number.</param>
    public static MannWhitney Compare(ReadOnlySpan<double> first, ReadOnlySpan<double> second, bool isExact)
    {
        int[] ranks = DoubledRanks([.. first, .. second], out double ties);
        int sum = 0;
        foreach (int rank in ranks.AsSpan(0, first.Length))
        {
            sum += rank;
        }

        double pairs = (double)first.Length * second.Length, all = first.Length + second.Length;
        double u = (sum / 2.0) - (first.Length * (first.Length + 1) / 2.0), distance = u - (pairs / 2);
        double variance = pairs / 12 * (all + 1 - (ties / (all * (all - 1))));
        double deviation = Math.Sqrt(Math.Max(0, variance));
        double z = deviation == 0 ? 0 : distance / deviation;
        if (isExact)
        {
            return new MannWhitney(u, z, Exact(ranks, first.Length, sum), true);
        }

        double p = deviation == 0 ? 1 : 2 * NormalDistribution.Above((Math.Abs(distance) - 0.5) / deviation);
        return new MannWhitney(u, z, Math.Min(1, p), false);
    }

    // The sums of a group and of the rest are tied to each other, so the smaller one is counted.
    private static double Exact(int[] ranks, int firstLength, int sum)
    {
        bool isFirst = firstLength <= ranks.Length - firstLength;
        int size = isFirst ? firstLength : ranks.Length - firstLength, of = isFirst ? sum : ranks.Sum() - sum;
        RankSumDistribution distribution = new(ranks, size);
        return Math.Min(1, 2 * Math.Min(distribution.AtMost(of), distribution.AtLeast(of)));
    }

    // Ties is the sum of t³ − t over groups of t equal values.
    private static int[] DoubledRanks(double[] values, out double ties)
    {
        int[] order = [.. Enumerable.Range(0, values.Length)], ranks = new int[values.Length];
        Array.Sort((double[])values.Clone(), order);
        ties = 0;
        for (int start = 0, end; start < order.Length; start = end)
        {
            for (end = start + 1; end < order.Length && values[order[end]] == values[order[start]]; end++)
            {
            }

            double tied = end - start;
            ties += (tied * tied * tied) - tied;
            foreach (int value in order.AsSpan(start, end - start))
            {
                ranks[value] = start + 1 + end;
            }
        }

        return ranks;
    }
}
