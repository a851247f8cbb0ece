using System.Text.Json;
using Edgewise.Tests.Cli;
using Edgewise.Tests.Runtime;
using Edgewise.Tests.Symbols.Elf;

namespace Edgewise.Tests.Sancov.Native;

/// <summary><c>export</c> and <c>html-report</c>, on the binary of the golden cases.</summary>
public sealed class ReportActionTests : IDisposable
{
    private static readonly string[] Files = [Binaries.Golden("a.out"), Binaries.Golden("a.out.1.sancov")];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Export_writes_the_lines_that_ran_for_lcov()
    {
        Assert.SkipUnless(GoldenTests.HasSymbolizer(), "llvm-symbolizer is not on PATH");

        CommandRun run = CommandRun.Of(["sancov", "export", "--format", "lcov", .. Files]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("SF:/src/t1/cov.c\nFN:3,foo\nFN:5,main\nFNDA:0,foo\nFNDA:1,main\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("DA:3,0\nDA:5,1\nDA:6,1\nDA:7,0\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Export_strips_the_prefix_and_writes_the_file_that_was_named()
    {
        Assert.SkipUnless(GoldenTests.HasSymbolizer(), "llvm-symbolizer is not on PATH");
        string file = _folder.File("coverage.xml");

        CommandRun run = CommandRun.Of(["sancov", "export", "--format", "cobertura", "--strip-path-prefix", "/src/", "-o", file, .. Files]);

        Assert.Equal((0, ""), (run.ExitCode, run.Output));
        Assert.Contains("filename=\"t1/cov.c\"", File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Fact]
    public void Export_to_standard_output_begins_with_the_declaration_of_XML()
    {
        CommandRun run = CommandRun.Of(["sancov", "export", "--format", "cobertura", "--symbolizer", "none", .. Files]);

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("<?xml version=\"1.0\"", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Export_as_JSON_has_the_points_of_the_module()
    {
        CommandRun run = CommandRun.Of(["sancov", "export", "--format", "json", "--symbolizer", "none", .. Files]);

        using JsonDocument document = JsonDocument.Parse(run.Output);
        JsonElement module = document.RootElement.GetProperty("modules")[0];
        Assert.Equal((4, 2), (module.GetProperty("points").GetInt32(), module.GetProperty("coveredPoints").GetInt32()));
    }

    [Fact]
    public void LLVMs_word_for_pages_writes_them()
    {
        CommandRun run = CommandRun.Of(["sancov", "-html-report", .. Files, "-o", _folder.File("report")]);

        Assert.Equal(0, run.ExitCode);
        Assert.True(File.Exists(Path.Combine(_folder.File("report"), "index.html")));
    }

    [Fact]
    public void Without_a_folder_pages_are_refused()
    {
        CommandRun run = CommandRun.Of(["sancov", "html-report", .. Files]);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(["edgewise: --output: the folder of the pages is needed, for example -o report"], run.Errors);
    }
}
