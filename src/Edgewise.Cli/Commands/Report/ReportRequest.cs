using Edgewise.Report;
using Edgewise.Report.Html;
using Edgewise.Report.Inputs;
using Edgewise.Report.Model;
using Edgewise.Report.Sources;
using Edgewise.Sancov.Native;

namespace Edgewise.Cli.Commands.Report;

/// <summary>What a report is made of.</summary>
/// <param name="Inputs">Files and folders.</param>
/// <param name="Others">Files and folders to compare with; empty for none.</param>
/// <param name="Native">What is told of native binaries.</param>
/// <param name="StripPathPrefix">What is cut off from names of files, with all before it.</param>
internal sealed record ReportRequest(IReadOnlyList<string> Inputs, IReadOnlyList<string> Others, NativeOptions Native, string StripPathPrefix)
{
    private const int MostNamesInTitle = 3;

    /// <summary>Folders to look for sources in.</summary>
    public IReadOnlyList<string> SourceFolders { get; init; } = [];

    /// <summary>Title of the pages; null for the names of the modules.</summary>
    public string? Title { get; init; }

    /// <summary>True: <c>[ExcludeFromCodeCoverage]</c> leaves nothing out.</summary>
    public bool IncludeExcluded { get; init; }

    /// <summary>Counts that stand in none of the inputs.</summary>
    public IReadOnlyList<PointHits> Hits { get; init; } = [];

    /// <summary>How a report is made with some counters.</summary>
    public ReportOptions Options(IReadOnlyList<PointHits> hits) => new() { StripPathPrefix = StripPathPrefix, Hits = [.. Hits, .. hits] };

    /// <summary>Finds sources.</summary>
    public SourceFinder Sources() => new(SourceFolders);

    /// <summary>Reads what a report is made of; null, and errors, where nothing is left.</summary>
    /// <param name="inputs">Files and folders.</param>
    /// <param name="maps">The maps among them, which the caller disposes.</param>
    /// <param name="failures">Receives what is wrong with a file.</param>
    /// <param name="notes">Receives what else a user should know.</param>
    public LoadedCoverage? Load(IReadOnlyList<string> inputs, out ReportMaps maps, ErrorList failures, ICollection<string> notes)
    {
        InputFiles files = InputFiles.Find(inputs, failures);
        maps = ReportMaps.Open(files, failures);
        LoadedCoverage coverage = LoadedCoverage.Load(files, [], Native, IncludeExcluded, failures, notes);
        if (!coverage.IsEmpty)
        {
            return coverage;
        }

        coverage.Dispose();
        if (failures.Count == 0)
        {
            failures.Add($"{inputs[0]}: nothing to report: expected .sancov files with their binaries, .symcov files or a coverage folder");
        }

        return null;
    }

    /// <summary>The report to compare with; null where there is none, or errors were found.</summary>
    public CoverageReport? Before(ErrorList failures, ICollection<string> notes)
    {
        if (Others.Count == 0)
        {
            return null;
        }

        LoadedCoverage? coverage = Load(Others, out ReportMaps maps, failures, notes);
        using (maps)
        using (coverage)
        {
            return coverage?.ToReport(Options(maps.Read()));
        }
    }

    /// <summary>What pages tell besides the coverage.</summary>
    public SiteOptions Site(CoverageReport report, IReadOnlyList<string> notes, bool isLive)
    {
        string[] names = [.. report.Modules.Select(static module => module.Name).Distinct()];
        string title = string.Join(", ", names.Take(MostNamesInTitle)) + (names.Length > MostNamesInTitle ? $" and {names.Length - MostNamesInTitle} more" : "");
        string? others = Others.Count == 0 ? null : string.Join(", ", Others.Select(static other => Path.GetFileName(Path.TrimEndingDirectorySeparator(other))));
        return new SiteOptions(Title ?? title, notes, isLive, others);
    }
}
