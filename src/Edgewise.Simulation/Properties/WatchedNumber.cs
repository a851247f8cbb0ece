using System.Globalization;
using Edgewise.Annotations;

namespace Edgewise.Simulation.Properties;

/// <summary>How a numeric property compares: what a description of it carries, so that a report can show the nearest value as the number that it was.</summary>
/// <param name="Comparison">The comparison.</param>
/// <param name="IsFloating">Whether its numbers are floating-point ones.</param>
internal readonly record struct WatchedNumber(Comparison Comparison, bool IsFloating)
{
    private const string Floating = " (floating point)";

    private bool WantsMore => Comparison is Comparison.GreaterThan or Comparison.GreaterThanOrEqualTo;

    private string Sign => Comparison switch
    {
        Comparison.GreaterThan => ">",
        Comparison.GreaterThanOrEqualTo => ">=",
        Comparison.LessThan => "<",
        _ => "<=",
    };

    /// <summary>Reads what <see cref="ToString"/> wrote; null for anything else.</summary>
    public static WatchedNumber? Parse(string text)
    {
        bool isFloating = text.EndsWith(Floating, StringComparison.Ordinal);
        Comparison? comparison = (isFloating ? text[..^Floating.Length] : text) switch
        {
            ">" => Comparison.GreaterThan,
            ">=" => Comparison.GreaterThanOrEqualTo,
            "<" => Comparison.LessThan,
            "<=" => Comparison.LessThanOrEqualTo,
            _ => null,
        };
        return comparison is { } known ? new WatchedNumber(known, isFloating) : null;
    }

    /// <summary>The number on the left of the comparison of which only its nearness was kept.</summary>
    /// <param name="kind">The kind of property: of what must always hold, the nearest value to a violation is kept.</param>
    /// <param name="nearness">What was kept; larger is nearer.</param>
    public string TextOf(PropertyKind kind, long nearness)
    {
        long order = WantsMore == (kind == PropertyKind.NumericSometimes) ? nearness : ~nearness;
        return IsFloating ? OrderedDouble.FromOrder(order).ToString("R", CultureInfo.InvariantCulture) : order.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The sign of the comparison, and whether it is one of floating-point numbers.</summary>
    public override string ToString() => IsFloating ? Sign + Floating : Sign;
}
