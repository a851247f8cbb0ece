using Edgewise.Annotations;
using Edgewise.Simulation.Reporting;
using Spectre.Console;

namespace Edgewise.Cli.Rendering.Sim;

/// <summary>The properties of a report: all of them, then what was violated, what was never seen, and what was seen of each identity.</summary>
internal static class SimPropertySections
{
    private const int MostNameWidth = 60;

    /// <summary>Adds the sections; those that would be empty are left out.</summary>
    public static void Add(ReportPage page, IReadOnlyList<PropertyOutcome> properties)
    {
        if (properties.Count == 0)
        {
            return;
        }

        page.Heading($"Properties ({SimWords.Number(properties.Count)})");
        AddAll(page, properties);
        PropertyOutcome[] violated = [.. properties.Where(property => property.Status == PropertyStatus.Failed)];
        AddList(page, "Violations", violated, ReportPage.Bad, WhyViolated);
        PropertyOutcome[] missed = [.. properties.Where(property => property.Status == PropertyStatus.Missed)];
        AddList(page, "Coverage gaps", missed, ReportPage.Doubtful, WhyMissed);
        AddBuckets(page, [.. properties.Where(property => property.Kind == PropertyKind.SometimesEach)]);
    }

    private static void AddAll(ReportPage page, IReadOnlyList<PropertyOutcome> properties)
    {
        int kindWidth = properties.Max(property => property.KindName.Length), nameWidth = Math.Min(properties.Max(property => property.Name.Length), MostNameWidth);
        int holdsWidth = properties.Max(property => SimWords.Number(property.Holds).Length), failsWidth = properties.Max(property => SimWords.Number(property.Fails).Length);
        foreach (PropertyOutcome property in properties)
        {
            (string icon, Style style) = SimWords.Icon(property.Status);
            page.Add("  ").Add(icon, style).Add($"  {property.KindName.PadRight(kindWidth)}  ", ReportPage.Faint).Add(property.Name.PadRight(nameWidth))
                .Add($"  {SimWords.Number(property.Holds).PadLeft(holdsWidth)} {Held(property.Kind)}");
            if (HasFailures(property))
            {
                page.Add($"  {SimWords.Number(property.Fails).PadLeft(failsWidth)} {Failed(property.Kind)}", property is { IsSafety: true, Fails: > 0 } ? ReportPage.Bad : null);
            }

            page.Line(Extra(property));
        }

        page.EndLine();
    }

    private static bool HasFailures(PropertyOutcome property) => property.Kind is not (PropertyKind.Reachable or PropertyKind.SometimesEach);

    private static string Held(PropertyKind kind) => kind switch
    {
        PropertyKind.Reachable or PropertyKind.SometimesEach => "reached",
        PropertyKind.SometimesAll => "all   ",
        _ => "held   ",
    };

    private static string Failed(PropertyKind kind) => kind switch
    {
        PropertyKind.Unreachable => "reached",
        PropertyKind.Sometimes or PropertyKind.NumericSometimes => "did not",
        PropertyKind.SometimesAll => "not all",
        _ => "failed",
    };

    private static string Extra(PropertyOutcome property) => property.Kind switch
    {
        PropertyKind.NumericAlways or PropertyKind.NumericSometimes when property.Nearest is not null => $"  nearest to {property.Comparison}: {property.Nearest}",
        PropertyKind.SometimesAll => $"  {property.Nearest ?? "0"} at once, {SimWords.Count(property.Identities, "combination")}",
        PropertyKind.SometimesEach => $"  {SimWords.Count(property.Identities, "bucket")}",
        _ => "",
    };

    private static void AddList(ReportPage page, string title, PropertyOutcome[] properties, Style style, Func<PropertyOutcome, string> why)
    {
        if (properties.Length == 0)
        {
            return;
        }

        page.Heading($"{title} ({SimWords.Number(properties.Length)})", style);
        foreach (PropertyOutcome property in properties)
        {
            (string icon, Style iconStyle) = SimWords.Icon(property.Status);
            page.Add("  ").Add(icon, iconStyle).Line($"  {property.KindName}: {property.Name} – {why(property)}");
        }

        page.EndLine();
    }

    private static string WhyViolated(PropertyOutcome property) => property.Kind switch
    {
        PropertyKind.Unreachable => $"reached {SimWords.Count(property.Fails, "time")}",
        _ when property.Holds + property.Fails == 0 => "never asked",
        PropertyKind.NumericAlways when property.Nearest is not null => $"failed {SimWords.Count(property.Fails, "time")}, at worst with {property.Nearest}",
        _ => $"failed {SimWords.Count(property.Fails, "time")}",
    };

    private static string WhyMissed(PropertyOutcome property) => property.Kind switch
    {
        PropertyKind.Reachable => "never reached",
        PropertyKind.SometimesAll => $"none of its conditions held, asked {SimWords.Count(property.Fails, "time")}",
        PropertyKind.NumericSometimes when property.Nearest is not null => $"never held, asked {SimWords.Count(property.Fails, "time")}; {property.Nearest} came nearest",
        _ => $"never held, asked {SimWords.Count(property.Fails, "time")}",
    };

    private static void AddBuckets(ReportPage page, PropertyOutcome[] properties)
    {
        if (properties.Length == 0)
        {
            return;
        }

        page.Heading($"Buckets ({SimWords.Number(properties.Sum(property => property.Identities))} of {SimWords.Number(properties.Length)} {(properties.Length == 1 ? "property" : "properties")})");
        page.Columns(
            [.. properties.Select(property => (string[])[property.Name, SimWords.Count(property.Identities, "bucket"), $"{SimWords.Number(property.Holds)} hits"])], false, true, true);
        page.EndLine();
    }
}
