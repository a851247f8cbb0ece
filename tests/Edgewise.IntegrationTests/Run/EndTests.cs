using Edgewise.Runtime.Formats;

namespace Edgewise.IntegrationTests.Run;

/// <summary>The table of ends in <c>docs/run.md</c>, a row a test: the exit code is that of the uninstrumented program, and the files are exact.</summary>
public sealed class EndTests(EdgewiseRun edgewise) : IClassFixture<EdgewiseRun>
{
    private const int Hangup = 1;
    private const int Interrupt = 2;
    private const int Quit = 3;
    private const int Kill = 9;
    private const int Terminate = 15;

    [Theory]
    [InlineData("Return", "return", "0")]
    [InlineData("Return", "return", "3")]
    [InlineData("Exit", "exit", "5")]
    [InlineData("Throw", "throw")]
    [InlineData("ThrowOnThread,Throw", "throw-on-thread")]
    [InlineData("FailFast", "fail-fast")]
    [InlineData("Overflow", "overflow")]
    public void A_program_that_ends_by_itself_keeps_its_exit_code_and_its_coverage(string ways, params string[] arguments)
    {
        using var folder = new CoverageFolder();
        using ChildProcess plain = ChildProcess.Start([TestPrograms.Ends, .. arguments]);
        int expected = plain.WaitForEnd();

        using ChildProcess run = edgewise.Start(folder, TestPrograms.Ends, [], arguments);
        int actual = run.WaitForEnd();

        Assert.Equal(expected, actual);
        Assert.Equal(plain.Output, run.Output);
        Assert.Equal(Functions(ways), folder.CoveredFunctions(TestPrograms.Ends));
        Assert.Equal(expected, folder.Record().End is { Kind: RunEndKind.Signal } end ? 128 + end.Number : folder.Record().End.Number);
    }

    [Theory]
    [InlineData(Terminate, "wait", "SayReady,Wait")]
    [InlineData(Hangup, "wait", "SayReady,Wait")]
    [InlineData(Terminate, "wait-and-end-well", "SayReady,WaitAndEndWell")]
    public async Task A_signal_to_run_reaches_the_program(int signal, string way, string ways)
    {
        using var folder = new CoverageFolder();
        int expected = await EndBy(ChildProcess.Start([TestPrograms.Ends, way]), (process, _) => process.Signal(signal));

        int actual = await EndBy(edgewise.Start(folder, TestPrograms.Ends, [], [way]), (process, _) => process.Signal(signal));

        Assert.Equal(expected, actual);
        Assert.Equal(Functions(ways), folder.CoveredFunctions(TestPrograms.Ends));
    }

    [Theory]
    [InlineData(Interrupt, "wait", "SayReady,Wait")]
    [InlineData(Interrupt, "cancel", "SayReady,WaitForCancel")]
    [InlineData(Quit, "wait", "SayReady,Wait")]
    public async Task Ctrl_C_ends_the_program_as_without_run(int signal, string way, string ways)
    {
        using var folder = new CoverageFolder();
        int expected = await EndBy(ChildProcess.Start([TestPrograms.Ends, way]), (process, _) => process.SignalGroup(signal));

        int actual = await EndBy(edgewise.Start(folder, TestPrograms.Ends, [], [way]), (process, _) => process.SignalGroup(signal));

        Assert.Equal(expected, actual);
        Assert.Equal(Functions(ways), folder.CoveredFunctions(TestPrograms.Ends));
    }

    [Fact]
    public async Task A_program_that_is_killed_leaves_exact_coverage()
    {
        using var folder = new CoverageFolder();

        int exitCode = await EndBy(
            edgewise.Start(folder, TestPrograms.Ends, [], ["wait"]), (_, program) => ChildProcess.Signal(program, Kill));

        Assert.Equal(128 + Kill, exitCode);
        Assert.Equal(Functions("SayReady,Wait"), folder.CoveredFunctions(TestPrograms.Ends));
        Assert.Equal(new RunEnd(RunEndKind.Signal, Kill), folder.Record().End);
    }

    /// <summary>The program's number names its files, not that of the command.</summary>
    [Fact]
    public async Task Files_carry_the_number_of_the_program()
    {
        using var folder = new CoverageFolder();
        int program = 0;

        await EndBy(edgewise.Start(folder, TestPrograms.Ends, [], ["wait"]), (process, id) =>
        {
            program = id;
            process.Signal(Terminate);
        });

        Assert.True(File.Exists(Path.Combine(folder.Path, $"Ends.dll.{program}.sancov")));
        Assert.Equal(program, folder.Record().ProcessId);
    }

    internal static IEnumerable<string> Functions(string ways) =>
        ways.Split(',').Select(way => $"Ways.{way}").Append("Program.Main").Order(StringComparer.Ordinal);

    internal static async Task<int> EndBy(ChildProcess process, Action<ChildProcess, int> end)
    {
        using (process)
        {
            string[] words = await process.WaitUntilReady();
            end(process, ChildProcess.Number(words[0]));
            return process.WaitForEnd();
        }
    }
}
