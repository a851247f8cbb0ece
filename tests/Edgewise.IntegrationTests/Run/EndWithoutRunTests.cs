namespace Edgewise.IntegrationTests.Run;

/// <summary>The second half of the table in <c>docs/run.md</c>: an instrumented program under the start-up hook alone, without <c>edgewise run</c>.</summary>
public sealed class EndWithoutRunTests(InstrumentedEnds instrumented) : IClassFixture<InstrumentedEnds>
{
    private const int Hangup = 1;
    private const int Interrupt = 2;
    private const int Kill = 9;
    private const int Terminate = 15;

    [Theory]
    [InlineData("Return", "return", "3")]
    [InlineData("Exit", "exit", "5")]
    [InlineData("Throw", "throw")]
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
    [InlineData(Hangup)]
    public async Task A_program_that_is_asked_to_end_writes_its_coverage(int signal)
    {
        using var folder = new CoverageFolder();
        int expected = await EndTests.EndBy(ChildProcess.Start([TestPrograms.Ends, "wait"]), (process, _) => process.Signal(signal));

        int actual = await EndTests.EndBy(Start(folder, "coverage=1", ["wait"]), (process, _) => process.Signal(signal));

        Assert.Equal(expected, actual);
        Assert.Equal(EndTests.Functions("SayReady,Wait"), folder.CoveredFunctions(TestPrograms.Ends));
    }

    [Theory]
    [InlineData("fail-fast")]
    [InlineData("overflow")]
    public void A_program_that_crashes_leaves_its_map_under_coverage_direct(string way)
    {
        using var folder = new CoverageFolder();
        using ChildProcess plain = ChildProcess.Start([TestPrograms.Ends, way]);
        int expected = plain.WaitForEnd();

        using ChildProcess process = Start(folder, "coverage=1:coverage_direct=1", [way]);
        int actual = process.WaitForEnd();

        Assert.Equal(expected, actual);
        Assert.True(CountHits(folder) > 0);
    }

    [Fact]
    public async Task A_program_that_is_killed_leaves_its_map_under_coverage_direct()
    {
        using var folder = new CoverageFolder();

        int exitCode = await EndTests.EndBy(
            Start(folder, "coverage=1:coverage_direct=1", ["wait"]), (_, program) => ChildProcess.Signal(program, Kill));

        Assert.Equal(128 + Kill, exitCode);
        Assert.True(CountHits(folder) > 0);
    }

    private ChildProcess Start(CoverageFolder folder, string options, string[] arguments) => ChildProcess.Start(
        [instrumented.Program, .. arguments],
        folder: null,
        ("DOTNET_STARTUP_HOOKS", Path.Combine(AppContext.BaseDirectory, "Edgewise.Runtime.dll")),
        ("EDGEWISE_OPTIONS", $"{options}:coverage_dir={folder.Path}"));

    private static int CountHits(CoverageFolder folder)
    {
        using global::Edgewise.Runtime.Formats.MapFile map = global::Edgewise.Runtime.Formats.MapFile.Open(Assert.Single(Directory.GetFiles(folder.Path, "*.edgewise-map")));
        return map.Modules.Sum(module => map.ReadCounters(module).Count(counter => counter != 0));
    }
}
