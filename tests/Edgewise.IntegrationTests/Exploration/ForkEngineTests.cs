using System.Diagnostics;
using System.Runtime.InteropServices;
using Edgewise.Exploration;
using Edgewise.Exploration.Engines;
using Edgewise.Exploration.Engines.Forking;
using Edgewise.Exploration.Engines.Workers;
using Edgewise.Exploration.Recipes;
using Edgewise.IntegrationTests.Run;
using Edgewise.Supervision;
using Explored;

namespace Edgewise.IntegrationTests.Exploration;

public sealed class ForkEngineTests
{
    [Theory]
    [InlineData(1, "")]
    [InlineData(2, "delays")]
    [InlineData(1, "unowned")]
    public void Forked_runs_give_what_replay_gives(int workers, string way)
    {
        SkipWhereForkingIsNotAvailable();
        List<Job> jobs = Workers.Tree(150);
        using var engine = new ForkEngine(Workers.Options(workers, way));

        List<TimelineResult> results = Workers.Run(engine, jobs);

        Workers.AssertSame(Workers.Replayed(jobs), results);
        Assert.Contains(results, static result => result.End.Bug == BugKind.PropertyViolated);
    }

    [Fact]
    public void A_worker_that_somebody_kills_each_round_changes_nothing()
    {
        SkipWhereForkingIsNotAvailable();
        List<Job> jobs = Workers.Tree(80);
        using var engine = new ForkEngine(Workers.Options(2));

        List<TimelineResult> results = Workers.Run(engine, jobs, ahead: 40, taken =>
        {
            if (taken % 40 == 7)
            {
                ChildProcess.Signal(engine.ProcessIds.First(), 9);
            }
        });

        Workers.AssertSame(Workers.Replayed(jobs), results);
    }

    [Fact]
    public void Anchors_at_draw_zero_behind_the_last_draw_and_behind_each_other_are_reached_as_in_a_replay()
    {
        SkipWhereForkingIsNotAvailable();
        ulong root = FloorTarget.SeedOf(Mishap.None, 3);
        string[] recipes = ["0@11", "0@11 -> 0@9", "5@1 -> 0@2", "5@1 -> 0@3", "9999@4", "9999@5", "7@1 -> 9999@2", "9223372036854775807@1 -> 9223372036854775807@2"];
        Job[] jobs = [.. recipes.Select(recipe => new Job(new Timeline(root, Recipe.Parse(recipe))))];
        using var engine = new ForkEngine(Workers.Options(1));

        List<TimelineResult> results = Workers.Run(engine, jobs);

        Workers.AssertSame(Workers.Replayed(jobs), results);
    }

    [Fact]
    public void Marked_edges_are_located_by_the_worker()
    {
        SkipWhereForkingIsNotAvailable();
        var job = new Job(Workers.Tree(30)[^1].Timeline, new EdgeMark[] { new(1, 1), new(17, 2) });
        using var engine = new ForkEngine(Workers.Options(1));

        Workers.AssertSame(Workers.Replayed([job]), Workers.Run(engine, [job]));
    }

    [Theory]
    [InlineData(Mishap.ExitsItself, BugKind.Hang, "hang")]
    [InlineData(Mishap.OverflowsStack, BugKind.Crash, "SIGABRT: Stack overflow. at Explored.Mishaps.Deepen(Int32)")]
    [InlineData(Mishap.FailsFast, BugKind.Crash, "SIGABRT: Process terminated. at Explored.Mishaps.Happen(")]
    [InlineData(Mishap.LoopsForEver, BugKind.Timeout, "timeout")]
    [InlineData(Mishap.JournalsForEver, BugKind.Timeout, "timeout")]
    [InlineData(Mishap.WritesIntoNothing, BugKind.Crash, "SIGABRT: Fatal error. System.AccessViolationException at Explored.Mishaps.Happen(")]
    [InlineData(Mishap.IsKilled, BugKind.Crash, "SIGKILL")]
    [InlineData(Mishap.ThrowsOnAnotherThread, BugKind.Exception, "System.InvalidOperationException at Explored.Mishaps")]
    [InlineData(Mishap.AllocatesWithoutEnd, BugKind.OutOfMemory, "out of memory")]
    [InlineData(Mishap.WaitsForPool, BugKind.Hang, "hang")]
    [InlineData(Mishap.WaitsForFinalizer, BugKind.Hang, "hang")]
    public void A_child_that_dies_or_waits_for_what_it_has_not_is_a_bug_and_its_siblings_go_on(Mishap mishap, BugKind kind, string signature)
    {
        SkipWhereForkingIsNotAvailable();
        ulong seed = FloorTarget.SeedOf(mishap);
        List<Job> others = Workers.Tree(12);
        // The mishap comes between the anchor and the end of the first two, and before the anchor of the third,
        // which is left out where each takes a whole deadline.
        string[] recipes = kind is not (BugKind.Hang or BugKind.Timeout) ? ["12@1", "12@2", "55@3"] : ["12@1", "12@2"];
        Job[] bad = [.. recipes.Select(recipe => new Job(new Timeline(seed, Recipe.Parse(recipe))))];
        using var engine = new ForkEngine(Workers.OptionsFor(kind));

        List<TimelineResult> results = Workers.Run(engine, [.. others, .. bad, .. others]);

        Workers.AssertSame(Workers.Replayed([.. others, .. others]), [.. results.Take(others.Count), .. results.Skip(others.Count + bad.Length)]);
        Assert.All(results.Skip(others.Count).Take(bad.Length), result =>
        {
            Assert.Equal(kind, result.End.Bug);
            Assert.StartsWith(signature, result.End.Signature, StringComparison.Ordinal);
            Assert.Equal(FloorTarget.CounterCount, result.Counters.Length);
            Assert.Equal(21, result.Counters.Span[16..24].ToArray().Sum(static counter => counter));
            Assert.Equal(1000UL, result.Discoveries[0].State);
        });
    }

    [Fact]
    public void A_root_that_cannot_warm_up_is_a_bug_and_not_the_end()
    {
        SkipWhereForkingIsNotAvailable();
        using var engine = new ForkEngine(Workers.Options(1));

        Assert.Equal((BugKind?)BugKind.Crash, Workers.RunOne(engine, Mishap.OverflowsStack).End.Bug);
        Job next = Workers.Tree(1)[0];
        Workers.AssertSame(Workers.Replayed([next]), Workers.Run(engine, [next]));
    }

    [Fact]
    public void A_crash_is_the_same_in_forked_and_in_other_workers()
    {
        SkipWhereForkingIsNotAvailable();
        Job[] jobs = [new(new Timeline(FloorTarget.SeedOf(Mishap.FailsFast), Recipe.Parse("12@5"))), new(new Timeline(FloorTarget.SeedOf(Mishap.OverflowsStack), Recipe.Empty))];
        using var forking = new ForkEngine(Workers.Options(1));
        using var replaying = new WorkersEngine(Workers.Options(1));

        Workers.AssertSame(Workers.Run(replaying, jobs), Workers.Run(forking, jobs));
    }

    [Fact]
    public void A_worker_that_was_not_started_for_forking_says_what_is_missing()
    {
        SkipWhereForkingIsNotAvailable();
        // env(1) takes away what the engine adds.
        using var engine = new ForkEngine(new WorkerOptions(launch =>
            new ProcessStartInfo("/usr/bin/env", ["-u", "DOTNET_EnableWriteXorExecute", "dotnet", TestPrograms.Explored, launch.SlotFile])));

        SupervisionException failure = Assert.Throws<SupervisionException>(() => Workers.RunOne(engine, Mishap.None));

        Assert.Equal("worker 0: this process cannot fork: it was not started with DOTNET_EnableWriteXorExecute=0", failure.Message);
    }

    [Fact(Timeout = 300_000)]
    public async Task No_process_of_the_tree_outlives_the_engine()
    {
        SkipWhereForkingIsNotAvailable();
        var engine = new ForkEngine(Workers.Options(1) with { Deadline = TimeSpan.FromMinutes(5) });
        _ = Workers.RunOne(engine, Mishap.None);
        int server = engine.ProcessIds.Single();
        var taking = Task.Run(() => Workers.RunOne(engine, Mishap.LoopsForEver), TestContext.Current.CancellationToken);
        int child = await LastingChildOf(() => server);
        ChildProcess.Signal(server, 9);

        Assert.True(SpinWait.SpinUntil(() => !File.Exists($"/proc/{child}/stat"), 5000));
        // The job is run once more, by another worker.
        await LastingChildOf(() => engine.ProcessIds.FirstOrDefault(id => id != server));
        ChildProcess.Signal(engine.ProcessIds.First(), 9);
        Assert.Equal((BugKind?)BugKind.Crash, (await taking).End.Bug);
        engine.Dispose();
        engine.Dispose();
    }

    [Fact]
    public void Whether_forking_is_available_is_told_with_the_reason()
    {
        bool isExpected = OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64;

        bool isAvailable = ForkEngine.IsAvailable(out string why);

        Assert.Equal(isExpected, isAvailable);
        Assert.Equal(isAvailable, why.Length == 0);
    }

    private static void SkipWhereForkingIsNotAvailable() => Assert.SkipUnless(ForkEngine.IsAvailable(out string why), why);

    /// <summary>Waits for a child that is still there a moment later: not one that ends its own job just then.</summary>
    private static async Task<int> LastingChildOf(Func<int> process)
    {
        while (true)
        {
            List<int> before = ChildrenOf(process());
            await Task.Delay(150, TestContext.Current.CancellationToken);
            if (before.Intersect(ChildrenOf(process())).ToArray() is [int child, ..])
            {
                return child;
            }
        }
    }

    private static List<int> ChildrenOf(int process) =>
        File.Exists($"/proc/{process}/task/{process}/children")
            ? [.. File.ReadAllText($"/proc/{process}/task/{process}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(ChildProcess.Number)]
            : [];
}
