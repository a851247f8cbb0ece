namespace Edgewise.Showmap.Differential.Statistics;

/// <summary>The standard normal distribution, to about 14 digits.</summary>
public static class NormalDistribution
{
    private const double SeriesEnd = 3, Largest = 38;
    private const int FractionTerms = 120, NewtonSteps = 60;

    /// <summary>The part of the distribution that lies below <paramref name="x"/>.</summary>
    public static double Below(double x) => x >= 0 ? 1 - Above(x) : Above(-x);

    /// <summary>The part of the distribution that lies above <paramref name="x"/>; small ones keep their digits.</summary>
    /// <remarks>Near zero the series of odd powers (Marsaglia 2004, "Evaluating the normal distribution"), beyond it Laplace's continued fraction for Mills' ratio.</remarks>
    public static double Above(double x)
    {
        if (x < 0)
        {
            return 1 - Above(-x);
        }

        if (x < SeriesEnd)
        {
            double term = x, sum = x;
            for (int i = 3; term > sum * 1e-18; i += 2)
            {
                term *= x * x / i;
                sum += term;
            }

            return 0.5 - (Density(x) * sum);
        }

        if (x > Largest)
        {
            return 0;
        }

        double fraction = x;
        for (int i = FractionTerms; i > 0; i--)
        {
            fraction = x + (i / fraction);
        }

        return Density(x) / fraction;
    }

    /// <summary>Where a part of the distribution lies below.</summary>
    /// <param name="part">Between 0 and 1; at either end the result is infinite.</param>
    public static double Quantile(double part)
    {
        if (part <= 0 || part >= 1)
        {
            return part <= 0 ? double.NegativeInfinity : double.PositiveInfinity;
        }

        // In the lower half, where parts keep their digits. The logarithm is concave, so Newton's first step passes the place and all others come back to it.
        bool isUpper = part > 0.5;
        double tail = isUpper ? 1 - part : part, x = 0;
        for (int i = 0; i < NewtonSteps; i++)
        {
            double below = Above(-x), step = below * Math.Log(below / tail) / Density(x);
            x = Math.Max(x - step, -Largest + 1);
            if (Math.Abs(step) < 1e-15 * Math.Max(1, Math.Abs(x)))
            {
                break;
            }
        }

        return isUpper ? -x : x;
    }

    private static double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
}
