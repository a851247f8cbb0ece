namespace Edgewise.Showmap.Differential.Statistics;

/// <summary>Adjusts the p-values of tests that are made together: Holm, "A simple sequentially rejective multiple test procedure" (1979).</summary>
public static class HolmCorrection
{
    /// <summary>The adjusted values, in the order of the given ones; a test holds at a level where its adjusted value is below it.</summary>
    public static double[] Adjust(ReadOnlySpan<double> p)
    {
        int[] order = [.. Enumerable.Range(0, p.Length)];
        double[] adjusted = new double[p.Length];
        Array.Sort(p.ToArray(), order);
        double largest = 0;
        for (int i = 0; i < order.Length; i++)
        {
            largest = Math.Max(largest, Math.Min(1, p[order[i]] * (p.Length - i)));
            adjusted[order[i]] = largest;
        }

        return adjusted;
    }
}
