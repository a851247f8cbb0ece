using Edgewise.Runtime.Formats;

namespace Edgewise.Cli.Options;

/// <summary>Reads feature lists such as <c>inline-8bit-counters,pc-table</c>, in clang's names and those of 2016.</summary>
internal static class FeatureNames
{
    private static readonly (string Name, CoverageFeatures Feature)[] Known =
    [
        ("inline-8bit-counters", CoverageFeatures.Inline8BitCounters),
        ("never-zero", CoverageFeatures.NeverZero),
        ("inline-bool-flag", CoverageFeatures.InlineBoolFlag),
        ("trace-pc-guard", CoverageFeatures.TracePcGuard),
        ("trace-pc", CoverageFeatures.TracePc),
        ("pc-table", CoverageFeatures.PcTable),
    ];

    /// <summary>Names that clang and gcc had in 2016, and what they are called now.</summary>
    private static readonly (string Old, string Name)[] Renamed = [("8bit-counters", "inline-8bit-counters")];

    /// <summary>The names that are accepted today, for messages and help.</summary>
    public static string List { get; } = string.Join(", ", Known.Select(k => k.Name));

    /// <summary>Reads a comma-separated list.</summary>
    /// <param name="text">The list.</param>
    /// <param name="errors">Receives what is wrong with it.</param>
    public static FeatureChoice Parse(string text, Action<string> errors)
    {
        CoverageFeatures features = CoverageFeatures.None;
        var notes = new List<string>();
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string name = part;
            if (Array.Find(Renamed, r => r.Old == part) is { Name: { } renamed })
            {
                name = renamed;
                notes.Add($"--features: '{part}' is called '{renamed}' now");
            }

            CoverageFeatures feature = Array.Find(Known, k => k.Name == name).Feature;
            features |= feature;
            if (feature == CoverageFeatures.None)
            {
                errors($"--features: '{part}' is not known; known are {List}");
            }
        }

        Check(features, errors);
        return new FeatureChoice(features, notes);
    }

    /// <summary>Writes features as they are read.</summary>
    public static string Text(CoverageFeatures features) =>
        string.Join(',', Known.Where(k => features.HasFlag(k.Feature)).Select(k => k.Name));

    /// <summary>Features that mean nothing alone.</summary>
    private static void Check(CoverageFeatures features, Action<string> errors)
    {
        if (features.HasFlag(CoverageFeatures.NeverZero) && !features.HasFlag(CoverageFeatures.Inline8BitCounters))
        {
            errors("--features: never-zero says how counters count, so it needs inline-8bit-counters");
        }

        if (features == CoverageFeatures.PcTable)
        {
            errors("--features: pc-table lists the points of another feature, so it needs one of inline-8bit-counters, inline-bool-flag, trace-pc-guard, trace-pc");
        }
    }
}
