namespace Edgewise.Report.Model;

/// <summary>Coverage by file, function and line: what every format of report is written from.</summary>
public sealed class CoverageReport
{
    /// <summary>Puts a report together.</summary>
    /// <param name="modules">What it is of, in the order given.</param>
    /// <param name="files">Its files, sorted here by name.</param>
    public CoverageReport(IReadOnlyList<ReportModule> modules, IEnumerable<ReportFile> files)
    {
        Modules = modules;
        Files = [.. files.OrderBy(static file => file.Name, StringComparer.Ordinal).ThenBy(static file => file.Path, StringComparer.Ordinal)];
        Totals = Files.Aggregate(default(CoverageTotals), static (sum, file) => sum + file.Totals);
        HasHits = Files.Any(static file => file.Lines.Any(static line => line.Hits is not null) || file.Functions.Any(static function => function.Hits is not null));
    }

    /// <summary>What the report is of.</summary>
    public IReadOnlyList<ReportModule> Modules { get; }

    /// <summary>The files, by name.</summary>
    public IReadOnlyList<ReportFile> Files { get; }

    /// <summary>The counts over all files. Points that no function owns are in the modules' counts only.</summary>
    public CoverageTotals Totals { get; }

    /// <summary>How many functions have no debug information; formats that list lines alone leave them out.</summary>
    public int FunctionsWithoutSource => Files.Where(static file => !file.HasSource).Sum(static file => file.Functions.Count);

    /// <summary>True where counters tell how often lines or functions ran.</summary>
    public bool HasHits { get; }
}
