using Edgewise.IntegrationTests.Run;
using Edgewise.Runtime.Formats;

namespace Edgewise.IntegrationTests.Dumps;

/// <summary>A program that asks for its own coverage, in a process of its own.</summary>
public sealed class CoverageInterfaceTests(SelfObservation observer) : IClassFixture<SelfObservation>
{
    [Theory]
    [InlineData("dump")]
    [InlineData("dump-in-finalizer")]
    public void A_dump_writes_what_was_reached_until_then_whatever_comes_after(string way)
    {
        using var folder = new CoverageFolder();

        using ChildProcess process = Run(folder, "coverage=0", way);

        Assert.Equal("True\n", process.Output);
        Assert.Contains("Code.Early", folder.CoveredFunctions(TestPrograms.SelfObserver));
        Assert.DoesNotContain("Code.Late", folder.CoveredFunctions(TestPrograms.SelfObserver));
        Assert.Equal(RunEnd.Unknown, folder.Record().End);
    }

    [Fact]
    public void Dumps_of_several_threads_while_the_process_ends_all_succeed()
    {
        using var folder = new CoverageFolder();

        using ChildProcess process = Run(folder, "coverage=1:coverage_bitset=1:coverage_direct=1", "dump-at-exit");

        Assert.Equal(("8\n", ""), (process.Output, process.Error));
        Assert.Contains("Code.Early", folder.CoveredFunctions(TestPrograms.SelfObserver));
        // The program's handler came after the Runtime's, and its dump after the last of that.
        Assert.Contains("Code.Late", folder.CoveredFunctions(TestPrograms.SelfObserver));
        Assert.DoesNotContain(Directory.GetFiles(folder.Path), file => file.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public void The_death_callback_runs_once_before_coverage_is_written()
    {
        using var folder = new CoverageFolder();

        using ChildProcess process = Run(folder, "coverage=1", "die");

        Assert.Equal("dying, 0 files\n", process.Output);
        Assert.Contains("edgewise: death callback: System.InvalidOperationException: in the callback\n", process.Error, StringComparison.Ordinal);
        Assert.Contains("FormatException: on purpose", process.Error, StringComparison.Ordinal);
        Assert.Contains("Ways.Die", folder.CoveredFunctions(TestPrograms.SelfObserver));
    }

    [Theory]
    [InlineData("coverage=1")]
    [InlineData("coverage=1:coverage_direct=1:coverage_counters=1")]
    public void A_coverage_folder_that_vanishes_is_made_anew(string options)
    {
        using var folder = new CoverageFolder();

        using ChildProcess process = Run(folder, options, "vanish");

        Assert.Equal("", process.Error);
        Assert.Contains("Code.Early", folder.CoveredFunctions(TestPrograms.SelfObserver));
        Assert.Contains("Code.Late", folder.CoveredFunctions(TestPrograms.SelfObserver));
        Assert.Empty(Directory.GetFiles(folder.Path, "*.edgewise-map"));
    }

    [Fact]
    public void Counters_that_a_program_clears_are_new_once_and_stay_in_the_dump()
    {
        using var folder = new CoverageFolder();

        using ChildProcess process = Run(folder, "coverage=1", "clear");

        Assert.Equal("True True True 0\n", process.Output);
        Assert.Contains("Code.Early", folder.CoveredFunctions(TestPrograms.SelfObserver));
        Assert.Contains("Code.Late", folder.CoveredFunctions(TestPrograms.SelfObserver));
    }

    [Fact]
    public void Without_instrumentation_everything_is_a_no_op()
    {
        using ChildProcess process = ChildProcess.Start([TestPrograms.SelfObserver, "nothing"]);

        Assert.Equal(0, process.WaitForEnd());
        Assert.Equal("False 0 0 0 0 0 0 [can't symbolize]\n", process.Output);
    }

    [Fact]
    public void New_PCs_come_in_order_with_method_and_line_of_the_original()
    {
        using var folder = new CoverageFolder();
        using var edgewise = new EdgewiseRun();

        using ChildProcess process = edgewise.Start(folder, TestPrograms.SelfObserver, [], ["pcs"]);
        process.WaitForEnd();

        string[] lines = process.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("SelfObserver.Code.Late ", lines.First(line => line.Contains("Code.", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.DoesNotContain(lines, line => line.Contains("Code.Early", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("SelfObserver.Code.Late ", StringComparison.Ordinal) && line.Contains("/SelfObserver/Code.cs:13:", StringComparison.Ordinal));
        // A loop that ran before is nothing new.
        Assert.Equal("0", lines[^2]);
        Assert.Equal(TestPrograms.SelfObserver, lines[^1]);
    }

    private ChildProcess Run(CoverageFolder folder, string options, string way)
    {
        ChildProcess process = observer.Copy.Start($"{options}:coverage_dir={folder.Path}", [way], ("COVERAGE", folder.Path));
        process.WaitForEnd();
        return process;
    }
}
