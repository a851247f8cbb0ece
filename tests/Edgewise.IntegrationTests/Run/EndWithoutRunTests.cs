using Edgewise.Runtime.Dump;

namespace Edgewise.IntegrationTests.Run;

/// <summary>The second half of the table in <c>docs/run.md</c>: an instrumented program under the start-up hook alone, without <c>edgewise run</c>.</summary>
public sealed class EndWithoutRunTests(InstrumentedEnds instrumented) : IClassFixture<InstrumentedEnds>
{
    private const int Hangup = 1;
    private const int Interrupt = 2;
    private const int Quit = 3;
    private const int Kill = 9;
    private const int Terminate = 15;

    [Theory]
    [InlineData("Return", "return", "3")]
    [InlineData("Exit", "exit", "5")]
    [InlineData("Throw", "throw")]
    [InlineData("ThrowOnThread,Throw", "throw-on-thread")]
    public void A_program_that_ends_by_itself_writes_its_coverage(string ways, params string[] arguments)
    {
        using var folder = new CoverageFolder();
        using ChildProcess plain = ChildProcess.Start([TestPrograms.Ends, .. arguments]);
        int expected = plain.WaitForEnd();

        using ChildProcess process = Start(folder, "coverage=1", arguments);
        int actual = process.WaitForEnd();

        Assert.Equal(expected, actual);
        Assert.Equal(plain.Output, process.Output);
        Assert.Equal(EndTests.Functions(ways), folder.CoveredFunctions(TestPrograms.Ends));
    }

    [Theory]
    [InlineData(Terminate)]
    [InlineData(Interrupt)]
    [InlineData(Quit)]
    [InlineData(Hangup)]
    public async Task A_program_that_is_asked_to_end_writes_its_coverage(int signal)
    {
        using var folder = new CoverageFolder();
        int expected = await EndTests.EndBy(ChildProcess.Start([TestPrograms.Ends, "wait"]), (process, _) => process.Signal(signal));

        int actual = await EndTests.EndBy(Start(folder, "coverage=1", ["wait"]), (process, _) => process.Signal(signal));

        Assert.Equal(expected, actual);
        Assert.Equal(EndTests.Functions("SayReady,Wait"), folder.CoveredFunctions(TestPrograms.Ends));
    }

    /// <summary>No code of the program runs any more at such an end, so nothing can be written; nothing else may change either.</summary>
    [Theory]
    [InlineData("fail-fast")]
    [InlineData("overflow")]
    public void A_program_that_crashes_ends_as_it_would_have_and_leaves_no_files_that_look_whole(string way)
    {
        using var folder = new CoverageFolder();
        using ChildProcess plain = ChildProcess.Start([TestPrograms.Ends, way]);
        int expected = plain.WaitForEnd();

        using ChildProcess process = Start(folder, "coverage=1", [way]);
        int actual = process.WaitForEnd();

        Assert.Equal(expected, actual);
        Assert.DoesNotContain(Directory.GetFiles(folder.Path), file => file.EndsWith(".sancov", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("FailFast", "fail-fast")]
    [InlineData("Overflow", "overflow")]
    public void A_program_that_crashes_leaves_its_map_under_coverage_direct(string ways, string way)
    {
        using var folder = new CoverageFolder();
        using ChildProcess plain = ChildProcess.Start([TestPrograms.Ends, way]);
        int expected = plain.WaitForEnd();

        using ChildProcess process = Start(folder, "coverage=1:coverage_direct=1", [way]);
        int actual = process.WaitForEnd();

        Assert.Equal(expected, actual);
        DumpWriter.Recover(MapIn(folder));
        Assert.Equal(EndTests.Functions(ways), folder.CoveredFunctions(TestPrograms.Ends));
    }

    [Fact]
    public async Task A_program_that_is_killed_leaves_its_map_under_coverage_direct()
    {
        using var folder = new CoverageFolder();

        int exitCode = await EndTests.EndBy(
            Start(folder, "coverage=1:coverage_direct=1", ["wait"]), (_, program) => ChildProcess.Signal(program, Kill));

        Assert.Equal(128 + Kill, exitCode);
        DumpWriter.Recover(MapIn(folder));
        Assert.Equal(EndTests.Functions("SayReady,Wait"), folder.CoveredFunctions(TestPrograms.Ends));
    }

    /// <summary>SIGQUIT is seen from within, and the map that the files were made from is there besides.</summary>
    [Fact]
    public async Task A_program_that_is_quit_under_coverage_direct_keeps_its_exit_code_and_its_map_tells_the_same()
    {
        using CoverageFolder written = new(), recovered = new();
        int expected = await EndTests.EndBy(ChildProcess.Start([TestPrograms.Ends, "wait"]), (process, _) => process.Signal(Quit));

        int actual = await EndTests.EndBy(Start(written, "coverage=1:coverage_direct=1", ["wait"]), (process, _) => process.Signal(Quit));

        Assert.Equal(expected, actual);
        Assert.Equal(EndTests.Functions("SayReady,Wait"), written.CoveredFunctions(TestPrograms.Ends));
        foreach (string file in Directory.GetFiles(written.Path, "*.points").Append(MapIn(written)))
        {
            File.Copy(file, Path.Combine(recovered.Path, Path.GetFileName(file)));
        }

        DumpWriter.Recover(MapIn(recovered));
        Assert.Equal(written.CoveredFunctions(TestPrograms.Ends), recovered.CoveredFunctions(TestPrograms.Ends));
    }

    private ChildProcess Start(CoverageFolder folder, string options, string[] arguments) => ChildProcess.Start(
        [instrumented.Program, .. arguments],
        folder: null,
        ("DOTNET_STARTUP_HOOKS", Path.Combine(AppContext.BaseDirectory, "Edgewise.Runtime.dll")),
        ("EDGEWISE_OPTIONS", $"{options}:coverage_dir={folder.Path}"));

    private static string MapIn(CoverageFolder folder) => Assert.Single(Directory.GetFiles(folder.Path, "*.edgewise-map"));
}
