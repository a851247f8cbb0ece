using System.Globalization;
using Edgewise.Annotations;
using Edgewise.Exploration.Knowledge;
using Edgewise.Simulation.Properties;

namespace Edgewise.Simulation.Reporting;

/// <summary>A property over all runs of a search, as a report shows it.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">Its message.</param>
/// <param name="Holds">Times at which it held, or was reached.</param>
/// <param name="Fails">Times at which it did not hold; of <see cref="PropertyKind.Unreachable"/>, times at which it was reached.</param>
/// <param name="Comparison">The comparison of a numeric property, <c>&gt;=</c>; null for others.</param>
/// <param name="Nearest">The value on the left of the comparison that came nearest to the limit; for <see cref="PropertyKind.SometimesAll"/> the most conditions that held at once. Null for others.</param>
/// <param name="Identities">Buckets of a <see cref="PropertyKind.SometimesEach"/>, combinations of a <see cref="PropertyKind.SometimesAll"/>; else 0.</param>
public sealed record PropertyOutcome(PropertyKind Kind, string Name, long Holds, long Fails, string? Comparison, string? Nearest, int Identities)
{
    /// <summary>Its kind as reports name it.</summary>
    public string KindName => PropertyNames.Of(Kind);

    /// <summary>True if it must hold always: a failure of it is a bug. Else a failure only means that the search has not seen it.</summary>
    public bool IsSafety => Kind is PropertyKind.Always or PropertyKind.AlwaysOrUnreachable or PropertyKind.Unreachable or PropertyKind.NumericAlways;

    /// <summary>How it fared.</summary>
    public PropertyStatus Status => Kind switch
    {
        PropertyKind.Always or PropertyKind.NumericAlways => Fails > 0 || Holds + Fails == 0 ? PropertyStatus.Failed : PropertyStatus.Passed,
        PropertyKind.AlwaysOrUnreachable or PropertyKind.Unreachable => Fails > 0 ? PropertyStatus.Failed : PropertyStatus.Passed,
        PropertyKind.Sometimes or PropertyKind.Reachable or PropertyKind.NumericSometimes => Holds == 0 ? PropertyStatus.Missed : PropertyStatus.Passed,
        // They only steer: that no condition of a set ever held is worth knowing all the same.
        PropertyKind.SometimesAll => Identities == 0 ? PropertyStatus.Missed : PropertyStatus.Passed,
        _ => PropertyStatus.Passed,
    };

    /// <summary>The properties of a catalog: by kind, the worst first, then by name. Names that are of no kind of property are left out.</summary>
    public static IReadOnlyList<PropertyOutcome> Of(PropertyCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return [.. catalog.Properties.Select(Of).OfType<PropertyOutcome>()
            .OrderBy(outcome => outcome.Kind).ThenBy(outcome => outcome.Status).ThenBy(outcome => outcome.Name, StringComparer.Ordinal)];
    }

    private static PropertyOutcome? Of(ObservedProperty property)
    {
        if (PropertyNames.Parse(property.Description.Family) is not { } kind)
        {
            return null;
        }

        WatchedNumber? number = WatchedNumber.Parse(property.Description.Detail);
        string? nearest = property.Nearest == long.MinValue ? null
            : number?.TextOf(kind, property.Nearest) ?? property.Nearest.ToString(CultureInfo.InvariantCulture);
        return new PropertyOutcome(kind, property.Description.Name, property.Holds, property.Fails, number?.ToString(), nearest, property.Identities);
    }
}
