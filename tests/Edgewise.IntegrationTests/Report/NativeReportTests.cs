using Edgewise.Cli;
using Edgewise.IntegrationTests.Native;
using Edgewise.Tests.Runtime;

namespace Edgewise.IntegrationTests.Report;

/// <summary>Reports of programs that clang built, and what other tools make of them.</summary>
public sealed class NativeReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_map_gives_hit_counts_and_names_its_program_itself()
    {
        string map = Run("inline-8bit-counters,pc-table", "aab");

        string[] lines = Report(map, "--format", "lcov").Split('\n');

        Assert.Contains("FNDA:2,reached_a", lines);
        Assert.Contains("FNDA:1,reached_b", lines);
        Assert.Contains("FNDA:0,reached_c", lines);
        Assert.Contains("FNDA:1,main", lines);
    }

    [Fact]
    public void Files_of_counters_give_the_least_counts_of_their_classes()
    {
        string program = NativePrograms.Build("branches.c", _folder.Path, "inline-8bit-counters,pc-table");
        NativePrograms.Start(program, ["aaaaab"], _folder.Path, ("EDGEWISE_OPTIONS", "coverage=1:coverage_counters=1"));

        string[] lines = Report(_folder.File("coverage"), program, "--format", "lcov").Split('\n');

        Assert.Contains("FNDA:4,reached_a", lines);
        Assert.Contains("FNDA:1,reached_b", lines);
    }

    [Fact]
    public void Genhtml_opens_what_lcov_has()
    {
        NativePrograms.NeedClang();
        Assert.SkipUnless(File.Exists("/usr/bin/genhtml"), "genhtml of lcov is not installed");
        string tracefile = _folder.File("report.info"), output = _folder.File("pages");
        Report(Run("inline-8bit-counters,pc-table", "ab"), "--format", "lcov", "-o", tracefile);

        string said = NativePrograms.Run("/usr/bin/genhtml", [tracefile, "--branch-coverage", "-o", output]);

        Assert.Contains("functions..: ", said, StringComparison.Ordinal);
        Assert.NotEmpty(Directory.GetFiles(output, "branches.c.gcov.html", SearchOption.AllDirectories));
    }

    [Fact]
    public void Coverage_of_another_build_is_an_error_that_names_both_ids()
    {
        string program = NativePrograms.Build("branches.c", _folder.Path, "trace-pc-guard", "-Wl,--build-id");
        NativePrograms.Start(program, ["a"], _folder.Path, ("EDGEWISE_OPTIONS", "coverage=1"));
        string sancov = Assert.Single(Directory.GetFiles(_folder.File("coverage"), "*.sancov"));
        File.WriteAllText(Path.ChangeExtension(sancov, ".buildid"), "0123abcd\n");

        (int code, _, string error) = Call(sancov, program, "--format", "lcov");

        Assert.Equal(1, code);
        Assert.Contains("its build id is 0123abcd", error, StringComparison.Ordinal);
    }

    private string Run(string features, string argument)
    {
        string program = NativePrograms.Build("branches.c", _folder.Path, features), map = _folder.File("run.edgewise-map");
        (int code, _, string error) = NativePrograms.Start(program, [argument], _folder.Path, ("EDGEWISE_MAP_FILE", map));
        Assert.True(code == 0, error);
        return map;
    }

    private static string Report(params string[] arguments)
    {
        (int code, string output, string error) = Call(arguments);
        Assert.True(code == 0, error);
        return output;
    }

    private static (int Code, string Output, string Error) Call(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        int code = EdgewiseCommand.Invoke(["report", .. arguments], output, error);
        return (code, output.ToString(), error.ToString());
    }
}
