using Edgewise.Report.Html;
using Edgewise.Report.Model;
using Edgewise.Report.Sources;
using Edgewise.Sancov;

namespace Edgewise.BrowserTests.Report;

/// <summary>A folder with sources and an HTML report of them.</summary>
internal sealed class ReportFolder : IDisposable
{
    public const string Script = "</script><script>alert('markup')</script>";

    private readonly List<ReportFile> _files = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("edgewise-pages-").FullName;

    public string Output => Path.Combine(Folder, "report");

    /// <summary>Adds a source file with a function a hundred lines; which lines ran is told by a function.</summary>
    public ReportFolder Add(string name, int lines, Func<int, LineState> state, Func<int, string>? text = null, string function = "function")
    {
        string path = Path.Combine(Folder, "source", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllLines(path, Enumerable.Range(1, lines).Select(text ?? (number => $"    int value_{number} = compute({number}); // of {name}")));
        List<ReportLine> states = [];
        for (int number = 1; number <= lines; number++)
        {
            if (state(number) is not LineState.None and var found)
            {
                states.Add(new ReportLine(number, found, 2, found == LineState.Covered ? 2 : found == LineState.Partly ? 1 : 0, new HitCount(found == LineState.Uncovered ? 0 : number, false)));
            }
        }

        List<ReportFunction> functions = [];
        for (int line = 1; line <= lines; line += 100)
        {
            ReportLine[] own = [.. states.Where(found => found.Number >= line && found.Number < line + 100)];
            int covered = own.Sum(found => found.CoveredPointCount);
            functions.Add(new ReportFunction($"{function}_{line}", line, own.Sum(found => found.PointCount), covered, new HitCount(covered > 0 ? line : 0, false), "program"));
        }

        _files.Add(new ReportFile(path, name, functions, states, functions.Sum(found => found.PointCount), functions.Sum(found => found.CoveredPointCount)) { IsPathTrusted = true });
        return this;
    }

    public ReportFolder Add(ReportFile file)
    {
        _files.Add(file);
        return this;
    }

    public CoverageReport Report() => new([new ReportModule("program", "0123abcd", new CoverageSummary("program", 3, 2, 10, 5))], _files);

    public ReportSite Site(CoverageReport? before = null, bool isLive = false) =>
        new(Report(), before, new SourceFinder([]), new SiteOptions("program", ["a.sancov: a note"], isLive, before is null ? null : "yesterday"));

    /// <summary>Writes the report; gives the address of its page.</summary>
    public string Write(CoverageReport? before = null)
    {
        SiteFolder.Write(Site(before), Output);
        return new Uri(Path.Combine(Output, ReportSite.PageName)).AbsoluteUri;
    }

    /// <summary>Address of a file's view.</summary>
    public static string ViewOf(string page, string name, string rest = "") => $"{page}#/file/{Uri.EscapeDataString(name)}{rest}";

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
