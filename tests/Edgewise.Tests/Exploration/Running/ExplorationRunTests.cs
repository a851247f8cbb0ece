using Edgewise.Exploration;
using Edgewise.Exploration.Bugs;
using Edgewise.Exploration.Engines;
using Edgewise.Exploration.Running;
using Edgewise.Exploration.Search;

namespace Edgewise.Tests.Exploration.Running;

public sealed class ExplorationRunTests
{
    private static readonly ExplorationOptions Options = new() { Runs = 500, ShorteningTries = 100 };

    [Fact]
    public void A_search_ends_by_itself_and_says_why()
    {
        ExplorationReport report = Explore(Options, new FloorGame(6, 10));

        Assert.Equal(EndReason.Stable, report.End);
        Assert.InRange(report.Seeds.Count, 4, 6);
        Assert.Equal("top", Assert.Single(report.Bugs).Signature);
    }

    [Fact]
    public void A_later_root_seed_finds_exactly_what_it_finds_alone()
    {
        foreach (SearchStrategyKind strategy in Enum.GetValues<SearchStrategyKind>())
        {
            ExplorationOptions options = Options with { Strategy = strategy, Energy = new EnergyOptions { LeastWarm = 60 } };
            ExplorationReport together = Explore(options with { Iterations = 3 }, new FloorGame(6, 10));
            foreach (SeedReport seed in together.Seeds)
            {
                ExplorationReport alone = Explore(options with { Seed = seed.Seed, Iterations = 1 }, new FloorGame(6, 10));

                Assert.Equal(seed.Fingerprint, alone.Seeds[0].Fingerprint);
                Assert.Equal(seed.FirstBugRun, alone.Seeds[0].FirstBugRun);
            }
        }
    }

    [Fact]
    public void It_stops_at_the_bug_that_it_was_to_find()
    {
        ExplorationReport report = Explore(Options with { StopAtBug = "the top" }, new FloorGame(6, 10));

        Assert.Equal(EndReason.BugFound, report.End);
        Assert.InRange(report.Runs, report.FirstBugRun!.Value, report.FirstBugRun.Value + Options.Lookahead);
    }

    [Fact]
    public void Shortened_recipes_are_counted_apart_and_kept_beside_those_that_were_found()
    {
        Bug bug = Assert.Single(Explore(Options with { Iterations = 2 }, new FloorGame(6, 10)).Bugs);

        Assert.Equal(bug.Timelines.Count, bug.Shortened.Count);
        Assert.True(bug.ShorteningRuns > 0);
        Assert.All(bug.Timelines.Zip(bug.Shortened), pair => Assert.True(pair.Second.Recipe.Length <= pair.First.Recipe.Length));
    }

    [Fact]
    public void Nothing_is_begun_when_the_time_is_up_or_when_it_is_interrupted()
    {
        using var interrupted = new CancellationTokenSource();
        interrupted.Cancel();

        Assert.Equal(EndReason.TimeUp, Explore(Options with { Time = TimeSpan.Zero }, new FloorGame(6, 10)).End);
        Assert.Equal(EndReason.Interrupted, new ExplorationRun(new ReplayEngine(new FloorGame(6, 10)), Options).Run(interrupted.Token).End);
    }

    [Fact]
    public void A_canary_that_differs_ends_the_search_before_it_begins()
    {
        var run = new ExplorationRun(new ReplayEngine(new FloorGame(1, 1)), Options) { Canary = _ => "draw 3" };

        ExplorationReport report = run.Run(TestContext.Current.CancellationToken);

        Assert.Equal((EndReason.Nondeterminism, "draw 3"), (report.End, report.Nondeterminism));
        Assert.Equal((0L, 0), (report.Runs, report.Bugs.Count));
    }

    [Fact]
    public void Shortening_tells_of_its_runs_and_ends_when_it_is_interrupted()
    {
        using var interrupted = new CancellationTokenSource();
        var told = new List<long>();
        var run = new ExplorationRun(new ReplayEngine(new FloorGame(6, 10)), Options with { Iterations = 1 })
        {
            Progress = progress =>
            {
                if (progress.ShorteningRuns is { } runs)
                {
                    told.Add(runs);
                    interrupted.Cancel();
                }
            },
        };

        ExplorationReport report = run.Run(interrupted.Token);

        Bug bug = Assert.Single(report.Bugs);
        Assert.Equal(bug.ShorteningRuns, told[^1]);
        Assert.InRange(bug.ShorteningRuns, 1, 50);
        Assert.All(bug.Timelines.Zip(bug.Shortened), pair => Assert.True(pair.Second.Recipe.Length <= pair.First.Recipe.Length));
    }

    [Theory]
    [InlineData(BugKind.Timeout, 21)]
    [InlineData(BugKind.Crash, 21)]
    [InlineData(BugKind.Exception, 500)]
    public void Where_each_run_costs_a_process_a_few_of_them_are_enough(BugKind kind, long runs)
    {
        var run = new ExplorationRun(new EndingEngine(kind), Options with { Iterations = 1 });

        ExplorationReport report = run.Run(TestContext.Current.CancellationToken);

        // Those in flight are taken too.
        Assert.InRange(report.Runs, runs, Math.Min(runs + Options.Lookahead, Options.Runs));
        Assert.Equal(kind, Assert.Single(report.Bugs).Kind);
    }

    private static ExplorationReport Explore(ExplorationOptions options, FloorGame game) =>
        new ExplorationRun(new ReplayEngine(game), options).Run(TestContext.Current.CancellationToken);

    /// <summary>Ends each run in the same way, behind one draw.</summary>
    private sealed class EndingEngine(BugKind kind) : IEngine
    {
        private readonly Queue<Job> _jobs = [];

        public string Name => "ending";

        public void Submit(Job job) => _jobs.Enqueue(job);

        public TimelineResult Take() => new()
        {
            End = new TimelineEnd(kind, "it", "it"),
            Discoveries = [],
            Tallies = [],
            Descriptions = [],
            Counters = default,
            Draws = 1,
            Segments = _jobs.Dequeue().Timeline.Recipe.Length,
        };

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
