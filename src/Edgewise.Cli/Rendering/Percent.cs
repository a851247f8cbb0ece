using System.Globalization;

namespace Edgewise.Cli.Rendering;

/// <summary>Percentages as text.</summary>
internal static class Percent
{
    /// <summary>One decimal; 0.0 only for none and 100.0 only for all, so that rounding never says "nothing" or "everything". A dash where there is nothing to cover.</summary>
    public static string Of(long part, long whole)
    {
        if (whole == 0)
        {
            return "-";
        }

        double percent = Math.Round(100.0 * part / whole, 1);
        percent = part > 0 && percent < 0.1 ? 0.1 : part < whole && percent > 99.9 ? 99.9 : percent;
        return percent.ToString("0.0", CultureInfo.InvariantCulture);
    }
}
