namespace Edgewise.Showmap.Differential.Statistics;

/// <summary>Â12 of Vargha and Delaney (2000): how likely a value of the first sample is larger than one of the second, a tie counting half.</summary>
public static class VarghaDelaney
{
    private const double Small = 0.56, Medium = 0.64, Large = 0.71;

    /// <summary>Â12 of a test's U.</summary>
    /// <param name="u">U of the first sample.</param>
    /// <param name="firstLength">Values in the first sample.</param>
    /// <param name="secondLength">Values in the second sample.</param>
    public static double Of(double u, int firstLength, int secondLength) => u / ((double)firstLength * secondLength);

    /// <summary>The words of their paper for how large an effect is, in either direction.</summary>
    public static string Magnitude(double a12) => Math.Max(a12, 1 - a12) switch
    {
        >= Large => "large",
        >= Medium => "medium",
        >= Small => "small",
        _ => "negligible",
    };
}
