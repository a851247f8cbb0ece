using Edgewise.Runtime.Formats;
using Edgewise.Tests.Cli;
using Edgewise.Tests.Runtime;
using Edgewise.Tests.Sancov;
using Edgewise.Tests.Symbols.Elf;

namespace Edgewise.Tests.Report;

/// <summary><c>edgewise report</c> as it is typed.</summary>
public sealed class ReportCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_symcov_of_LLVMs_gives_the_lines_of_LLVMs_report()
    {
        CommandRun run = CommandRun.Of("report", Binaries.Golden("one.symcov"), "--format", "lcov", "-o", "-");

        Assert.Equal(
            "TN:\nSF:/src/t1/cov.c\nFN:3,foo\nFN:5,main\nFNDA:0,foo\nFNDA:1,main\nFNF:2\nFNH:1\nBRF:0\nBRH:0\nDA:3,0\nDA:5,1\nDA:6,1\nDA:7,0\nLF:4\nLH:2\nend_of_record\n", run.Output);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public void Pages_are_written_and_their_totals_told()
    {
        string output = _folder.File("report");

        CommandRun run = CommandRun.Of("report", Binaries.Golden("one.symcov"), "-o", output, "--srcpath", Path.GetDirectoryName(Binaries.Golden("cov.c"))!, "--title", "t1");

        Assert.Equal($"lines       50.0%  2 of 4\nfunctions   50.0%  1 of 2\npoints      50.0%  2 of 4\npage       {Path.Combine(output, "index.html")}\n", run.Output);
        Assert.Contains("\"title\":\"t1\"", File.ReadAllText(Path.Combine(output, "data", "summary.js")), StringComparison.Ordinal);
        Assert.Contains("int main", File.ReadAllText(Path.Combine(output, "data", "lines-0-0.js")), StringComparison.Ordinal);
        Assert.Equal(["report"], _folder.Names());
    }

    [Fact]
    public void A_prefix_is_cut_off_names_and_sources_are_found_all_the_same()
    {
        CommandRun run = CommandRun.Of("report", Binaries.Golden("one.symcov"), "--format", "lcov", "--strip-path-prefix", "/src/");

        Assert.Contains("SF:t1/cov.c\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_of_a_run_is_enough()
    {
        using CoverageFolder coverage = new();
        string sancov = coverage.WriteRun(7, coverage.Points.Pcs.Take(20).Select(pc => (ulong)(uint)pc));
        RunFile.Write(Path.Combine(coverage.Folder, "coverage", FileNames.Run(7)), new RunRecord
        {
            ToolVersion = "1",
            Program = "p",
            Arguments = [],
            ProcessId = 7,
            End = RunEnd.Unknown,
            Modules = [new RunModule(CoverageFolder.ModuleName, coverage.Original, Convert.ToHexStringLower(coverage.Points.OriginalHash), coverage.Points.PointCount, 20, Path.GetFileName(sancov), FileNames.Points(CoverageFolder.ModuleName, coverage.Points.IdentityText))],
        });

        CommandRun run = CommandRun.Of("report", Path.Combine(coverage.Folder, "coverage"), "-o", _folder.File("report"));

        Assert.Empty(run.Errors);
        string[] stats = CoverageFolder.Run("stats", coverage.Original, sancov).Output.Split('\n');
        Assert.Contains($"{stats[1]["cov-edges: ".Length..]} of {stats[0]["all-edges: ".Length..]}\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_file_is_told_and_the_others_are_reported()
    {
        File.WriteAllText(_folder.File("bad.1.sancov"), "bad");

        CommandRun run = CommandRun.Of("report", Binaries.Golden("one.symcov"), _folder.File("bad.1.sancov"), "-o", _folder.File("report"));

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"edgewise: {_folder.File("bad.1.sancov")}: ", Assert.Single(run.Errors), StringComparison.Ordinal);
        Assert.Contains("lines       50.0%", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_reported_is_an_error_that_names_it()
    {
        Directory.CreateDirectory(_folder.File("empty"));
        string report = _folder.File("report");

        Assert.Equal($"edgewise: {_folder.File("none")}: there is no such file", ErrorOf(_folder.File("none"), "-o", report));
        Assert.Equal($"edgewise: {_folder.File("empty")}: no .sancov, .symcov, .counters-sancov or .edgewise-map file is in this folder", ErrorOf(_folder.File("empty"), "-o", report));
        Assert.Equal("edgewise: --output: the folder of the pages is needed, for example -o report", ErrorOf(Binaries.Golden("one.symcov")));
        Assert.Equal($"edgewise: {_folder.Path}: has files that are no report; name an empty or a new folder", ErrorOf(Binaries.Golden("one.symcov"), "-o", _folder.Path));
        Assert.Equal(["empty"], _folder.Names());
    }

    [Fact]
    public void Two_runs_are_compared()
    {
        File.WriteAllText(_folder.File("before.symcov"), File.ReadAllText(Binaries.Golden("one.symcov")).Replace("\"def09\"\n", "\"def1e\"\n", StringComparison.Ordinal));

        CommandRun run = CommandRun.Of("report", Binaries.Golden("one.symcov"), "--diff", _folder.File("before.symcov"), "-o", _folder.File("report"));

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("[\"cov.c\",0,1,4,2,0,2,1,4,2,1,1]", File.ReadAllText(Path.Combine(_folder.File("report"), "data", "summary.js")), StringComparison.Ordinal);
    }

    [Fact]
    public void Json_goes_beside_the_pages()
    {
        CommandRun run = CommandRun.Of("report", Binaries.Golden("one.symcov"), "-o", _folder.File("report"), "--json", "-");

        Assert.StartsWith("{", run.Output, StringComparison.Ordinal);
        Assert.Contains("\"coveredLines\": 2", run.Output, StringComparison.Ordinal);
    }

    private static string ErrorOf(params string[] arguments)
    {
        CommandRun run = CommandRun.Of(["report", .. arguments]);
        Assert.Equal(1, run.ExitCode);
        return Assert.Single(run.Errors);
    }
}
