using System.Text;
using Edgewise.Report;
using Edgewise.Report.Html;
using Edgewise.Report.Model;
using Edgewise.Report.Sources;
using Edgewise.Tests.Runtime;

namespace Edgewise.Tests.Report;

public sealed class ReportSiteTests : IDisposable
{
    private const string Evil = "</script>\u2028<img src=x>'\"\u001b[31m";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Names_of_files_are_made_of_numbers_and_each_has_content()
    {
        ReportSite site = Site("../../../etc/cron.d/x", "CON", "..", "a/b.c");

        string[] names = [.. site.Names()];

        Assert.All(names, name => Assert.Matches(@"^(index\.html|report\.js|data/[a-z]+(-\d+){0,2}\.js)$", name));
        Assert.All(names, name => Assert.NotEmpty(site.Find(name)!));
        Assert.Equal(names.Length, names.Distinct().Count());
    }

    [Theory]
    [InlineData("../index.html")]
    [InlineData("data/../index.html")]
    [InlineData("data/file-99.js")]
    [InlineData("data/file-0-0-0.js")]
    [InlineData("data/lines-0-9.js")]
    [InlineData("data/summary.js\n")]
    [InlineData("")]
    public void Any_other_name_is_nothing(string name) => Assert.Null(Site("main.c").Find(name));

    [Fact]
    public void What_is_written_into_a_script_cannot_end_it()
    {
        ReportSite site = Site(Evil);

        foreach (string name in site.Names().Where(name => name.StartsWith("data/", StringComparison.Ordinal)))
        {
            string content = Encoding.UTF8.GetString(site.Find(name)!);
            Assert.DoesNotContain("</script", content, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain('<', content);
            Assert.DoesNotContain('\u2028', content);
            Assert.DoesNotContain('\u001b', content);
            Assert.Equal(1, content.Count(character => character == '\n'));
        }
    }

    [Fact]
    public void A_long_file_is_written_in_chunks_with_the_states_of_their_lines()
    {
        File.WriteAllLines(_folder.File("long.c"), Enumerable.Range(1, 1201).Select(number => $"line {number}"));
        ReportFile file = new(_folder.File("long.c"), "long.c", [], [new ReportLine(501, LineState.Partly, 2, 1, new HitCount(255, true)), new ReportLine(1300, LineState.Covered, 1, 1, null)], 3, 2) { IsPathTrusted = true };
        ReportSite site = new(new CoverageReport([], [file]), null, new SourceFinder([]), new SiteOptions("t", [], false, null));

        string chunk = Text(site, "data/lines-0-1.js"), last = Text(site, "data/lines-0-2.js"), states = Text(site, "data/states-0.js"), about = Text(site, "data/file-0.js");

        Assert.StartsWith("""edgewise("lines-0-1",{"text":["line 501","line 502",""", chunk, StringComparison.Ordinal);
        Assert.EndsWith("""],"code":[[0,2,2,1,256,1]]});""" + "\n", chunk, StringComparison.Ordinal);
        Assert.Contains("""line 1201"],"code":[]""", last, StringComparison.Ordinal);
        Assert.Equal("edgewise(\"states-0\",[501,2,799,3]);\n", states);
        Assert.Contains("1 lines with code are behind its end", about, StringComparison.Ordinal);
        Assert.Null(site.Find("data/lines-0-3.js"));
    }

    [Fact]
    public void A_line_that_is_too_long_says_how_much_is_left_out()
    {
        File.WriteAllText(_folder.File("min.js"), new string('x', 5000));
        ReportFile file = new(_folder.File("min.js"), "min.js", [], [], 0, 0) { IsPathTrusted = true };

        string chunk = Text(new ReportSite(new CoverageReport([], [file]), null, new SourceFinder([]), new SiteOptions("t", [], false, null)), "data/lines-0-0.js");

        Assert.Contains("xxx … and 1000 characters more\"", chunk, StringComparison.Ordinal);
    }

    [Fact]
    public void An_earlier_report_is_replaced_and_nothing_else()
    {
        string folder = _folder.File("report");
        int first = SiteFolder.Write(Site("a.c", "b.c"), folder);
        int second = SiteFolder.Write(Site("a.c"), folder);
        Directory.CreateDirectory(_folder.File("mine"));
        File.WriteAllText(_folder.File("mine/notes.txt"), "mine");

        ReportException refused = Assert.Throws<ReportException>(() => SiteFolder.Write(Site("a.c"), _folder.File("mine")));

        Assert.True(second < first);
        Assert.Equal(second, Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Length);
        Assert.Equal($"{_folder.File("mine")}: has files that are no report; name an empty or a new folder", refused.Message);
        Assert.Equal(["mine", "report", "source.c"], _folder.Names());
    }

    private ReportSite Site(params string[] names)
    {
        string source = _folder.File("source.c");
        File.WriteAllText(source, $"int main() {{ {Evil} }}\n");
        ReportFile[] files = [.. names.Select(name => new ReportFile(source, name, [new ReportFunction(name, 1, 2, 1, null, name)], [new ReportLine(1, LineState.Partly, 2, 1, null)], 2, 1) { IsPathTrusted = true })];
        return new ReportSite(new CoverageReport([], files), null, new SourceFinder([]), new SiteOptions(names[0], [names[0]], false, null));
    }

    private static string Text(ReportSite site, string name) => Encoding.UTF8.GetString(site.Find(name)!);
}
