using System.Diagnostics;
using Edgewise.Exploration;
using Edgewise.Exploration.Engines;
using Edgewise.Exploration.Engines.Workers;
using Edgewise.Exploration.Recipes;
using Edgewise.IntegrationTests.Run;
using Edgewise.Supervision;
using Explored;

namespace Edgewise.IntegrationTests.Exploration;

public sealed class WorkersEngineTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Workers_give_what_replay_gives_whatever_their_number_and_delays(int workers)
    {
        List<Job> jobs = Workers.Tree(400);
        using var engine = new WorkersEngine(Workers.Options(workers, "delays"));

        List<TimelineResult> results = Workers.Run(engine, jobs);

        Workers.AssertSame(Workers.Replayed(jobs), results);
        Assert.Contains(results, static result => result.End.Bug == BugKind.PropertyViolated);
    }

    [Fact]
    public void A_worker_that_somebody_kills_each_round_changes_nothing()
    {
        List<Job> jobs = Workers.Tree(120);
        using var engine = new WorkersEngine(Workers.Options(2, "delays"));
        var random = new Random(1);
        int kills = 0;

        List<TimelineResult> results = Workers.Run(engine, jobs, ahead: 40, taken =>
        {
            if (taken % 40 == 7)
            {
                int[] processes = [.. engine.ProcessIds];
                ChildProcess.Signal(processes[random.Next(processes.Length)], 9);
                kills++;
            }
        });

        Assert.Equal(3, kills);
        Workers.AssertSame(Workers.Replayed(jobs), results);
    }

    [Fact]
    public void A_recipe_longer_than_the_shared_memory_arrives_whole()
    {
        Reseed[] steps = [.. Enumerable.Range(0, 20_000).Select(static i => new Reseed(0, (ulong)i))];
        Job[] jobs = [new(new Timeline(5, Recipe.Of([new Reseed(3, 1), .. steps]))), new(new Timeline(5, Recipe.Empty))];
        using var engine = new WorkersEngine(Workers.Options(1));

        List<TimelineResult> results = Workers.Run(engine, jobs);

        Workers.AssertSame(Workers.Replayed(jobs), results);
        Assert.Equal(20_001, results[0].Segments);
    }

    [Fact]
    public void Marked_edges_are_located_by_the_worker()
    {
        Job plain = Workers.Tree(30)[^1];
        var job = new Job(plain.Timeline, new EdgeMark[] { new(1, 1), new(17, 2) });
        using var engine = new WorkersEngine(Workers.Options(1));

        List<TimelineResult> results = Workers.Run(engine, [job]);

        Workers.AssertSame(Workers.Replayed([job]), results);
        Assert.NotEqual(Workers.Show(Workers.Replayed([plain])[0]), Workers.Show(results[0]));
    }

    [Fact]
    public void Names_come_once_from_each_process()
    {
        List<Job> jobs = Workers.Tree(100);
        using var engine = new WorkersEngine(Workers.Options(1));

        IEnumerable<ulong> states = Workers.Run(engine, jobs).SelectMany(static result => result.Descriptions).Select(static description => description.State);

        Assert.Equal("1 2 3 4 5 6 7 8", string.Join(" ", states.Order()));
    }

    [Theory]
    [InlineData(Mishap.ExitsItself, BugKind.ExitCode, "exit code 7")]
    [InlineData(Mishap.OverflowsStack, BugKind.Crash, "SIGABRT: Stack overflow. at Explored.Mishaps.Deepen(Int32)")]
    [InlineData(Mishap.FailsFast, BugKind.Crash, "SIGABRT: Process terminated. at Explored.Mishaps.Happen(")]
    [InlineData(Mishap.LoopsForEver, BugKind.Timeout, "timeout")]
    [InlineData(Mishap.WritesIntoNothing, BugKind.Crash, "SIGABRT: Fatal error. System.AccessViolationException at Explored.Mishaps.Happen(")]
    [InlineData(Mishap.IsKilled, BugKind.Crash, "SIGKILL")]
    [InlineData(Mishap.ThrowsOnAnotherThread, BugKind.Exception, "System.InvalidOperationException")]
    public void A_run_that_takes_its_process_along_is_a_bug_with_the_edges_and_discoveries_until_then(Mishap mishap, BugKind kind, string signature)
    {
        Assert.SkipWhen(!OperatingSystem.IsLinux(), "pages of counters are replaced on Linux only");
        using var engine = new WorkersEngine(Workers.OptionsFor(kind));

        TimelineResult result = Workers.RunOne(engine, mishap);

        Assert.Equal(kind, result.End.Bug);
        Assert.StartsWith(signature, result.End.Signature, StringComparison.Ordinal);
        Assert.Equal(FloorTarget.CounterCount, result.Counters.Length);
        Assert.Equal(21, result.Counters.Span[16..24].ToArray().Sum(static counter => counter));
        Assert.Equal(1000UL, result.Discoveries[0].State);
        // The next run is none the worse for it.
        Job next = Workers.Tree(1)[0];
        Workers.AssertSame(Workers.Replayed([next]), Workers.Run(engine, [next]));
    }

    [Fact]
    public void A_run_that_journals_without_end_is_killed_in_time()
    {
        using var engine = new WorkersEngine(Workers.Options(1) with { Deadline = TimeSpan.FromSeconds(0.3) });

        TimelineResult result = Workers.RunOne(engine, Mishap.JournalsForEver);

        Assert.Equal((BugKind?)BugKind.Timeout, result.End.Bug);
        // More than the shared memory holds at once, in order.
        Assert.True(result.Discoveries.Count > 20_000);
        Assert.Equal(result.Discoveries[^2].State + 1, result.Discoveries[^1].State);
    }

    [Fact]
    public void A_run_without_end_in_memory_is_out_of_memory_under_a_limit()
    {
        using var engine = new WorkersEngine(Workers.Options(1) with { MemoryLimit = 200 << 20, Deadline = TimeSpan.FromSeconds(20) });

        Assert.Equal((BugKind?)BugKind.OutOfMemory, Workers.RunOne(engine, Mishap.AllocatesWithoutEnd).End.Bug);
    }

    [Fact]
    public void A_crash_is_the_same_in_every_worker()
    {
        ulong seed = FloorTarget.SeedOf(Mishap.OverflowsStack);
        List<Job> jobs = [.. Workers.Tree(20), new(new Timeline(seed, Recipe.Empty)), .. Workers.Tree(20), new(new Timeline(seed, Recipe.Empty))];
        using var one = new WorkersEngine(Workers.Options(1));
        using var three = new WorkersEngine(Workers.Options(3, "delays"));

        Workers.AssertSame(Workers.Run(one, jobs), Workers.Run(three, jobs));
    }

    [Fact]
    public void A_target_that_owns_no_pages_gives_no_edges_when_it_crashes_and_says_the_rest()
    {
        using var engine = new WorkersEngine(Workers.Options(1, "unowned"));

        TimelineResult result = Workers.RunOne(engine, Mishap.FailsFast);

        Assert.Equal(0, result.Counters.Length);
        Assert.NotEmpty(result.Discoveries);
        Assert.Equal(FloorTarget.CounterCount, Workers.RunOne(engine, Mishap.None).Counters.Length);
    }

    [Fact]
    public void A_worker_that_ends_before_it_is_ready_is_an_error_with_its_last_words()
    {
        using var engine = new WorkersEngine(Workers.Options(1, "early"));

        SupervisionException failure = Assert.Throws<SupervisionException>(() => Workers.RunOne(engine, Mishap.None));

        Assert.Equal("worker 0 ended with exit code 3 before it was ready\nno such simulation", failure.Message);
    }

    [Fact]
    public void A_worker_that_is_never_ready_is_an_error_in_time()
    {
        using var engine = new WorkersEngine(Workers.Options(1, "asleep") with { StartDeadline = TimeSpan.FromSeconds(0.4) });

        SupervisionException failure = Assert.Throws<SupervisionException>(() => Workers.RunOne(engine, Mishap.None));

        Assert.Equal("worker 0 was not ready within 0.4 s", failure.Message.Split('\n')[0]);
    }

    [Fact]
    public void A_command_that_does_not_exist_is_an_error_that_names_it()
    {
        using var engine = new WorkersEngine(new WorkerOptions(static _ => new ProcessStartInfo("/no/such/command")));

        SupervisionException failure = Assert.Throws<SupervisionException>(() => Workers.RunOne(engine, Mishap.None));

        Assert.Contains("/no/such/command: cannot be started", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Disposing_ends_the_processes_even_in_the_middle_of_a_run_and_a_second_time_does_nothing()
    {
        var engine = new WorkersEngine(Workers.Options(2) with { Deadline = TimeSpan.FromMinutes(5) });
        _ = Workers.RunOne(engine, Mishap.None);
        engine.Submit(new Job(new Timeline(FloorTarget.SeedOf(Mishap.LoopsForEver), Recipe.Empty)));
        Process[] processes = [.. engine.ProcessIds.Select(Process.GetProcessById)];

        engine.Dispose();
        engine.Dispose();

        Assert.NotEmpty(processes);
        Assert.All(processes, static process => Assert.True(process.WaitForExit(60_000)));
        Assert.Throws<ObjectDisposedException>(() => engine.Take());
    }
}
