namespace Edgewise.Showmap.Differential.Statistics;

/// <summary>How the rank sum of a group is distributed when every choice of the group is equally likely, ties included.</summary>
/// <remarks>Counts choices by their size and sum, value by value: Streitberg and Röhmel, "Exact distributions for permutation and rank tests" (1986).</remarks>
public sealed class RankSumDistribution
{
    private readonly double[] _choices;
    private readonly double _all;

    /// <summary>Counts all choices.</summary>
    /// <param name="doubledRanks">Twice the rank of each value; tied ones have the mean of theirs, so this is whole.</param>
    /// <param name="groupSize">How many of them are chosen.</param>
    public RankSumDistribution(ReadOnlySpan<int> doubledRanks, int groupSize)
    {
        int[] falling = doubledRanks.ToArray();
        Array.Sort(falling, static (x, y) => y.CompareTo(x));
        int largest = falling.AsSpan(0, groupSize).ToArray().Sum();
        double[][] choices = new double[groupSize + 1][];
        for (int size = 0; size <= groupSize; size++)
        {
            choices[size] = new double[largest + 1];
        }

        choices[0][0] = 1;
        for (int taken = 0; taken < falling.Length; taken++)
        {
            int rank = falling[taken];
            for (int size = Math.Min(taken + 1, groupSize); size > 0; size--)
            {
                double[] with = choices[size], without = choices[size - 1];
                for (int sum = largest; sum >= rank; sum--)
                {
                    with[sum] += without[sum - rank];
                }
            }
        }

        _choices = choices[groupSize];
        _all = _choices.Sum();
    }

    /// <summary>The probability of a doubled rank sum of at most <paramref name="doubledSum"/>.</summary>
    public double AtMost(int doubledSum) => _choices.AsSpan(0, Math.Clamp(doubledSum + 1, 0, _choices.Length)).ToArray().Sum() / _all;

    /// <summary>The probability of a doubled rank sum of at least <paramref name="doubledSum"/>.</summary>
    public double AtLeast(int doubledSum) => _choices.AsSpan(Math.Clamp(doubledSum, 0, _choices.Length)).ToArray().Sum() / _all;
}
