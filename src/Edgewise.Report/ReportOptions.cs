namespace Edgewise.Report;

/// <summary>How a report is made.</summary>
public sealed record ReportOptions
{
    /// <summary>What is cut off from the names of files, with all before it; empty for nothing.</summary>
    public string StripPathPrefix { get; init; } = "";

    /// <summary>Counters by module, where they are known.</summary>
    public IReadOnlyList<PointHits> Hits { get; init; } = [];
}
