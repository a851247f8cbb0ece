namespace Edgewise.Showmap.Differential.Statistics;

/// <summary>A confidence interval of a statistic by bootstrap, bias-corrected and accelerated (BCa).</summary>
/// <remarks>
/// Efron, "Better bootstrap confidence intervals" (1987); the formulas are 14.10, 14.14 and 14.15 of Efron and Tibshirani, "An
/// Introduction to the Bootstrap" (1993). Resampled values that equal the statistic count half to the bias correction, which matters
/// for medians, and between neighbouring resampled values the ends are interpolated.
/// </remarks>
/// <param name="Low">Its lower end.</param>
/// <param name="High">Its upper end.</param>
public readonly record struct BootstrapInterval(double Low, double High)
{
    /// <summary>The interval of a sample's statistic.</summary>
    /// <param name="sample">The values.</param>
    /// <param name="statistic">What is made of them.</param>
    /// <param name="confidence">Between 0 and 1.</param>
    /// <param name="resamples">How many samples are drawn from the values.</param>
    /// <param name="random">Where draws come from.</param>
    /// <returns>Null where there is but one value: it does not tell how others would lie.</returns>
    public static BootstrapInterval? Of(ReadOnlySpan<double> sample, Statistic statistic, double confidence, int resamples, ref SplitMix64 random)
    {
        if (sample.Length < 2)
        {
            return null;
        }

        double[] values = sample.ToArray(), drawn = new double[values.Length], replicates = new double[resamples];
        for (int i = 0; i < replicates.Length; i++)
        {
            for (int j = 0; j < drawn.Length; j++)
            {
                drawn[j] = values[random.Below(values.Length)];
            }

            replicates[i] = statistic(drawn);
        }

        return Of(statistic((double[])values.Clone()), replicates, Acceleration(values, statistic), confidence);
    }

    /// <summary>The interval from what resampling gave.</summary>
    /// <param name="estimate">The statistic of the sample itself.</param>
    /// <param name="replicates">The statistic of each resample; they are sorted.</param>
    /// <param name="acceleration">How the statistic's deviation changes with its value.</param>
    /// <param name="confidence">Between 0 and 1.</param>
    public static BootstrapInterval Of(double estimate, double[] replicates, double acceleration, double confidence)
    {
        Array.Sort(replicates);
        double bias = BiasCorrection(estimate, replicates), tail = (1 - confidence) / 2;
        return new BootstrapInterval(
            Quantile(replicates, AdjustedLevel(tail, bias, acceleration)), Quantile(replicates, AdjustedLevel(1 - tail, bias, acceleration)));
    }

    /// <summary>Acceleration by jackknife, from the statistic of the sample without each of its values.</summary>
    public static double Acceleration(ReadOnlySpan<double> sample, Statistic statistic)
    {
        double[] without = new double[sample.Length], rest = new double[sample.Length - 1];
        for (int i = 0; i < without.Length; i++)
        {
            sample[..i].CopyTo(rest);
            sample[(i + 1)..].CopyTo(rest.AsSpan(i));
            without[i] = statistic(rest);
        }

        double mean = without.Average(), squares = without.Sum(value => (mean - value) * (mean - value));
        return squares == 0 ? 0 : without.Sum(value => Math.Pow(mean - value, 3)) / (6 * Math.Pow(squares, 1.5));
    }

    /// <summary>The part of the resampled values below which an end of the interval lies.</summary>
    /// <param name="level">The part that would lie below without bias and acceleration.</param>
    /// <param name="bias">The bias correction, z0; infinite where all resampled values lie on one side.</param>
    /// <param name="acceleration">The acceleration.</param>
    public static double AdjustedLevel(double level, double bias, double acceleration)
    {
        if (double.IsInfinity(bias))
        {
            return bias > 0 ? 1 : 0;
        }

        double shifted = bias + NormalDistribution.Quantile(level), scale = 1 - (acceleration * shifted);

        // Beyond its pole the formula would turn round.
        return scale <= 0 ? (shifted > 0 ? 1 : 0) : NormalDistribution.Below(bias + (shifted / scale));
    }

    private static double BiasCorrection(double estimate, double[] replicates)
    {
        int below = 0, equal = 0;
        foreach (double replicate in replicates)
        {
            below += replicate < estimate ? 1 : 0;
            equal += replicate == estimate ? 1 : 0;
        }

        return NormalDistribution.Quantile((below + (equal / 2.0)) / replicates.Length);
    }

    private static double Quantile(double[] sorted, double part)
    {
        double place = part * (sorted.Length - 1);
        int lower = (int)place;
        return lower + 1 >= sorted.Length ? sorted[^1] : sorted[lower] + ((place - lower) * (sorted[lower + 1] - sorted[lower]));
    }
}
