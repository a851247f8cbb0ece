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
        ("trace-cmp", CoverageFeatures.TraceCmp),
        ("trace-div", CoverageFeatures.TraceDiv),
        ("trace-gep", CoverageFeatures.TraceGep),
        ("trace-loads", CoverageFeatures.TraceLoads),
        ("trace-stores", CoverageFeatures.TraceStores),
        ("stack-depth", CoverageFeatures.StackDepth),
        ("indirect-calls", CoverageFeatures.IndirectCalls),
        ("trace-bb", CoverageFeatures.TraceBb),
        ("trace-pc-entry-exit", CoverageFeatures.TracePcEntryExit),
        ("control-flow", CoverageFeatures.ControlFlow),
        ("gated", CoverageFeatures.Gated),
    ];

    /// <summary>Names of 2016, and what they are called now.</summary>
    private static readonly (string Old, string Name)[] Renamed = [("8bit-counters", "inline-8bit-counters")];

    /// <summary>The names that are accepted today, for messages and help.</summary>
    public static string List { get; } = string.Join(", ", Known.Select(k => k.Name));

    /// <summary>Reads a comma-separated list.</summary>
    public static Reading<CoverageFeatures> Parse(string text)
    {
        CoverageFeatures features = CoverageFeatures.None;
        List<string> notes = [], errors = [];
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string name = Array.Find(Renamed, r => r.Old == part).Name ?? part;
            if (name != part)
            {
                notes.Add($"--features: '{part}' is called '{name}' now");
            }

            CoverageFeatures feature = Array.Find(Known, k => k.Name == name).Feature;
            features |= feature;
            if (feature == CoverageFeatures.None)
            {
                errors.Add($"--features: '{part}' is not known; known are {List}");
            }
        }

        Check(features, errors);
        return new Reading<CoverageFeatures>(features, notes, errors);
    }

    /// <summary>Writes features as they are read.</summary>
    public static string Text(CoverageFeatures features) =>
        string.Join(',', Known.Where(k => features.HasFlag(k.Feature)).Select(k => k.Name));

    /// <summary>Writes features to choose from: <c>a, b or c</c>.</summary>
    public static string Alternatives(CoverageFeatures features)
    {
        string[] names = Text(features).Split(',');
        return names.Length == 1 ? names[0] : $"{string.Join(", ", names[..^1])} or {names[^1]}";
    }

    private const CoverageFeatures GatedFeatures = CoverageFeatures.TracePcGuard | CoverageFeatures.TraceCmp | CoverageFeatures.TraceDiv | CoverageFeatures.TraceGep
        | CoverageFeatures.TraceLoads | CoverageFeatures.TraceStores | CoverageFeatures.IndirectCalls;

    /// <summary>Finds features that mean nothing without another.</summary>
    private static void Check(CoverageFeatures features, List<string> errors)
    {
        if (features.HasFlag(CoverageFeatures.NeverZero) && !features.HasFlag(CoverageFeatures.Inline8BitCounters))
        {
            errors.Add("--features: never-zero says how counters count, so it needs inline-8bit-counters");
        }

        if (features.HasFlag(CoverageFeatures.Gated) && (features & GatedFeatures) == 0)
        {
            errors.Add($"--features: gated turns callbacks of other features on and off, so it needs one of {Text(GatedFeatures).Replace(",", ", ", StringComparison.Ordinal)}");
        }

        if (features == CoverageFeatures.PcTable)
        {
            errors.Add("--features: pc-table lists the points of another feature; add inline-8bit-counters, inline-bool-flag, trace-pc-guard or trace-pc");
        }
    }
}
