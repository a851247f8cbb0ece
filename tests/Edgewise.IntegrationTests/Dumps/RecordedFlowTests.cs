using Edgewise.IntegrationTests.Run;
using Edgewise.Runtime.Formats;
using Edgewise.Sancov.Legacy;

namespace Edgewise.IntegrationTests.Dumps;

/// <summary>Traces and indirect calls on their way from a process into its files, under the hook and under <c>edgewise run</c>, after good ends and bad ones.</summary>
public sealed class RecordedFlowTests(SelfObservation observer) : IClassFixture<SelfObservation>
{
    [Theory]
    [InlineData("coverage=1")]
    [InlineData("coverage=1:coverage_direct=1")]
    public void A_program_under_the_hook_writes_its_traces_and_calls(string options)
    {
        using var folder = new CoverageFolder();

        using ChildProcess process = observer.Copy.Start($"{options}:coverage_dir={folder.Path}", ["trace"]);
        process.WaitForEnd();

        Assert.Equal(("2\n", ""), (process.Output, process.Error));
        AssertTraces(folder, observer.Copy.Program);
        AssertCalls(folder, observer.Copy.Program);
        Assert.DoesNotContain(Directory.GetFiles(folder.Path), file => file.Contains(FileNames.MapEnding, StringComparison.Ordinal));
    }

    [Fact]
    public void Under_run_the_traces_and_calls_name_the_programs_own_modules()
    {
        using var folder = new CoverageFolder();
        using var edgewise = new EdgewiseRun();

        using ChildProcess process = edgewise.Start(folder, TestPrograms.SelfObserver, [], ["trace"]);

        Assert.True(process.WaitForEnd() == 0, process.Error);
        AssertTraces(folder, TestPrograms.SelfObserver);
        AssertCalls(folder, TestPrograms.SelfObserver);
    }

    [Fact]
    public void Under_run_traces_survive_an_end_that_no_code_sees()
    {
        using var folder = new CoverageFolder();
        using var edgewise = new EdgewiseRun();

        using ChildProcess process = edgewise.Start(folder, TestPrograms.SelfObserver, [], ["trace-and-fail"]);

        process.WaitForEnd();
        AssertTraces(folder, TestPrograms.SelfObserver);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(edgewise.Cache, "runs")));
    }

    [Fact]
    public void With_direct_coverage_traces_are_read_back_with_the_map()
    {
        using var folder = new CoverageFolder();
        using ChildProcess process = observer.Copy.Start($"coverage=1:coverage_direct=1:coverage_dir={folder.Path}", ["trace-and-fail"]);
        process.WaitForEnd();

        using ChildProcess command = ChildProcess.Start([TestPrograms.Edgewise, "sancov", "rawunpack", Assert.Single(Directory.GetFiles(folder.Path, "*" + FileNames.MapEnding))]);

        Assert.True(command.WaitForEnd() == 0, command.Error);
        AssertTraces(folder, observer.Copy.Program);
    }

    [Fact]
    public void Beyond_its_bound_a_trace_is_cut_counted_and_told()
    {
        using var folder = new CoverageFolder();

        using ChildProcess process = observer.Copy.Start($"coverage=1:trace_events=1:coverage_dir={folder.Path}", ["trace"]);
        process.WaitForEnd();

        Assert.Equal("edgewise: 2 events of traces are lost; trace_events of EDGEWISE_OPTIONS says how many are kept of a thread\n", process.Error);
        Assert.Equal(2, folder.Record().LostEventCount);
        Assert.Equal([0], Trace(folder, "").Events);
    }

    [Fact]
    public void What_is_switched_off_leaves_no_files()
    {
        using var folder = new CoverageFolder();

        using ChildProcess process = observer.Copy.Start($"coverage=1:trace-bb=0:caller-callee=0:coverage_dir={folder.Path}", ["trace"]);
        process.WaitForEnd();

        Assert.Equal("", process.Error);
        Assert.Empty(folder.Record().Files);
        Assert.Equal((0, 3), (folder.Record().LostEventCount, Directory.GetFiles(folder.Path).Length));
    }

    private static LegacyTrace Trace(CoverageFolder folder, string thread) =>
        LegacyTrace.Read(Path.Combine(folder.Path, $"trace-events.{folder.Record().ProcessId}{thread}.sancov"));

    private static void AssertTraces(CoverageFolder folder, string program)
    {
        LegacyTrace first = Trace(folder, ""), second = Trace(folder, "-2");
        Assert.Equal([0, 2, 0], first.Events);
        Assert.Equal([1], second.Events);
        Assert.Equal(program, first.Points[0].Module);
        Assert.Equal(["SelfObserver.dll"], first.Units);
    }

    private static void AssertCalls(CoverageFolder folder, string program)
    {
        LegacyCalls calls = LegacyCalls.Read(Path.Combine(folder.Path, FileNames.CallerCallee(folder.Record().ProcessId)));
        IReadOnlyList<CodePlace> points = Trace(folder, "").Points;
        // Callers are named by sites, of which a program that was not instrumented for indirect calls has none.
        Assert.Equal([new CallPair(CodePlace.Unknown, points[0]), new CallPair(CodePlace.Unknown, CodePlace.Unknown)], calls.Pairs);
        Assert.Equal(program, calls.Pairs[0].Callee.Module);
    }
}
