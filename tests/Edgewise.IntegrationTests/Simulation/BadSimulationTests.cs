using System.Text.Json;
using Edgewise.IntegrationTests.Run;

namespace Edgewise.IntegrationTests.Simulation;

/// <summary>What simulations do that they should not: each is told, and none takes the search with it.</summary>
public sealed class BadSimulationTests
{
    /// <summary>Simulations with the kind of their bug, a part of its signature, and one of its message.</summary>
    public static TheoryData<string, string, string, string> Ends => new()
    {
        { "hangs", "timeout", "timeout", "still running after 0.3 s, and killed" },
        { "blocks", "exception", "not simulated: Task.Result, which would block, in BadSimulations.Blocks.RunAsync", "await instead" },
        { "allocates", "outOfMemory", "System.OutOfMemoryException in BadSimulations.Allocates.RunAsync", "System.OutOfMemoryException" },
        { "overflows-stack", "crash", "SIGABRT: Stack overflow. at BadSimulations.RecursesForever.Deepen(Int64)", "Stack overflow" },
        { "throws-in-constructor", "exception", "System.InvalidOperationException in BadSimulations.ThrowsInConstructor..ctor", "no configuration" },
        { "exits", "exitCode", "Environment.Exit(7) in BadSimulations.Exits.RunAsync", "Environment.Exit(7)" },
        { "deadlocks", "deadlock", "deadlock: BadSimulations.Deadlocks.RunAsync > a task that nothing completes", "nothing is ready to run, no timer is set" },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public void An_abnormal_end_has_a_kind(string name, string kind, string signature, string message)
    {
        SimRun run = SimRun.Of(["replay", name, "1", "--assembly", TestPrograms.BadSimulations, "--no-verify", "--json", "-", .. Limits(name)]);

        Assert.Equal((77, kind, signature), (run.ExitCode, run.Json.GetProperty("kind").GetString(), run.Json.GetProperty("signature").GetString()));
        Assert.Contains(message, run.Json.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ends))]
    [Trait("Category", "Long")]
    public void An_abnormal_end_is_one_bug_of_a_search_that_goes_on(string name, string kind, string signature, string message)
    {
        SimRun run = SimRun.OfBad(name, Limits(name));

        JsonElement bug = Assert.Single(run.First.GetProperty("bugs").EnumerateArray());
        Assert.Equal((77, kind, signature), (run.ExitCode, bug.GetProperty("kind").GetString(), bug.GetProperty("signature").GetString()));
        Assert.Contains(message, bug.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(3, run.First.GetProperty("runs").GetInt32());
        Assert.Equal($"edgewise sim replay {name} 1 '' --assembly {TestPrograms.BadSimulations}", bug.GetProperty("replay").GetString());
        // How long a run takes is no matter of the timeline, so a timeout is not held against another process.
        Assert.Equal(kind != "timeout", bug.GetProperty("verified").GetBoolean());
    }

    [Theory]
    [InlineData("keeps-state", "within one process, so something is kept between runs (a static field?): root seed 1, draw 4: one run asked for a number below ")]
    [InlineData("awaits-foreign-task", "within one process, so something is kept between runs (a static field?): root seed 1, draw 1: the runs made the same draws, but one ended with '")]
    [InlineData("orders-by-hash", "between two processes, so something depends on the process (hash codes of strings?): root seed 1, draw 2: one run asked for a number below ")]
    public void What_is_not_a_function_of_the_seed_is_nondeterminism_with_its_first_difference_and_no_bug(string name, string difference)
    {
        SimRun run = SimRun.OfBad(name);

        Assert.Equal((1, "nondeterminism"), (run.ExitCode, run.First.GetProperty("end").GetString()));
        Assert.StartsWith(difference, run.First.GetProperty("nondeterminism").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, run.First.GetProperty("bugs").GetArrayLength());
    }

    [Fact]
    public void A_planted_bug_that_is_not_found_fails()
    {
        SimRun run = SimRun.OfBad("plants-nothing");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("failed: the bug that it plants, 'the bug that is not there', was not found in 3 timelines", run.First.GetProperty("verdict").GetString());
    }

    private static string[] Limits(string name) => ["--deadline", name == "hangs" ? "300ms" : "20s", "--memory", "256M"];
}
