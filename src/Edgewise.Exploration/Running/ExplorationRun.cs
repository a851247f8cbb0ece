using Edgewise.Exploration.Bugs;
using Edgewise.Exploration.Engines;
using Edgewise.Exploration.Journals;
using Edgewise.Exploration.Knowledge;
using Edgewise.Exploration.Randomness;
using Edgewise.Exploration.Recipes;
using Edgewise.Exploration.Search;

namespace Edgewise.Exploration.Running;

/// <summary>
/// An exploration: root seeds one after the other, each searched for itself, what they found kept together. A root seed finds the same whatever was searched
/// before it.
/// </summary>
public sealed class ExplorationRun
{
    private const int LeastQuietRuns = 1000;

    // Where each run hangs until its deadline, a thousand of them would take hours.
    private const int LeastQuietDeaths = 20;

    private readonly IEngine _engine;
    private readonly ExplorationOptions _options;
    private readonly TimeProvider _clock;
    private readonly long _start;
    private readonly List<SeedReport> _seeds = [];
    private readonly BugRegistry _bugs = new();
    private readonly PropertyCatalog _properties = new();
    private EndReason? _end;
    private long _runsBefore;
    private ExplorationProgress _progress;
    private long _shorteningRuns;
    private string? _nondeterminism;

    /// <summary>Prepares an exploration.</summary>
    /// <param name="engine">Runs the timelines.</param>
    /// <param name="options">What to search, and for how long.</param>
    /// <param name="history">What was found before, say in an earlier exploration; it grows. Null to begin with nothing.</param>
    /// <param name="clock">Measures the time that the exploration takes; null for the system's.</param>
    public ExplorationRun(IEngine engine, ExplorationOptions options, SearchHistory? history = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(options);
        _engine = engine;
        _options = options;
        History = history ?? new SearchHistory();
        _clock = clock ?? TimeProvider.System;
        _start = _clock.GetTimestamp();
    }

    /// <summary>Is told of progress, after runs that took a while; the report that it gets grows on.</summary>
    public Action<ExplorationProgress>? Progress { get; set; }

    /// <summary>Is given the root timeline of each root seed before that is searched, with no run in flight, and says how two runs of it differed; null if they did not.</summary>
    public Func<Timeline, string?>? Canary { get; set; }

    /// <summary>States and edges over all root seeds.</summary>
    public SearchHistory History { get; }

    /// <summary>Takes in how a run that was made before, to warm up, calls its properties and states: a process says it once.</summary>
    public void AbsorbNames(TimelineResult result) => _properties.AbsorbNames(result);

    /// <summary>Searches until an end is reached.</summary>
    /// <param name="cancellation">Ends the exploration after the runs in flight.</param>
    public ExplorationReport Run(CancellationToken cancellation = default)
    {
        int quiet = 0;
        for (int iteration = 0; _end is null; iteration++)
        {
            SeedReport seed = Search(iteration, cancellation);
            _seeds.Add(seed);
            _runsBefore += seed.Runs;
            quiet = seed.New == 0 ? quiet + 1 : 0;
            _end ??= _options.Iterations is { } wanted
                ? iteration + 1 >= wanted ? EndReason.IterationsDone : null
                : quiet >= _options.StableIterations ? EndReason.Stable
                : iteration + 1 >= _options.MostIterations ? EndReason.NotStable
                : null;
        }

        foreach (Bug bug in _bugs.Bugs)
        {
            if (_end == EndReason.Nondeterminism || cancellation.IsCancellationRequested)
            {
                break;
            }

            Shorten(bug, cancellation);
        }

        return Report();
    }

    private SeedReport Search(int iteration, CancellationToken cancellation)
    {
        ulong rootSeed = _options.RootSeed(iteration);
        var known = new SearchHistory();
        known.MaskEdges(History.Masked);
        ISearchStrategy strategy = _options.Strategy == SearchStrategyKind.Frontier
            ? new FrontierStrategy(rootSeed, _options.Frontier)
            : new EnergyStrategy(rootSeed, _options.Energy, isWarm: iteration > 0);
        var search = new SeedSearch(strategy, _engine, known, _options.Lookahead, _options.Guidance);
        if (Canary?.Invoke(new Timeline(rootSeed, Recipe.Empty)) is { } difference)
        {
            _nondeterminism = difference;
            _end = EndReason.Nondeterminism;
        }

        var tally = new SeedTally(_clock.GetTimestamp());
        bool mayBegin = true;
        while (true)
        {
            mayBegin = mayBegin && _end is null && !IsQuiet(search.Runs, tally);
            if (search.Step(mayBegin, _options.Runs - search.Begun) is not { } step)
            {
                break;
            }

            Absorb(step, search, tally);
            if (cancellation.IsCancellationRequested)
            {
                _end ??= EndReason.Interrupted;
            }
            else if (_options.Time is { } time && _clock.GetElapsedTime(_start) > time)
            {
                _end ??= EndReason.TimeUp;
            }

            if (Progress is not null)
            {
                _progress = new ExplorationProgress(rootSeed, iteration, _runsBefore + search.Runs, _bugs.Bugs, History, strategy, _clock.GetElapsedTime(_start));
                Progress(_progress);
            }
        }

        var energy = strategy as EnergyStrategy;
        return new SeedReport
        {
            Seed = rootSeed,
            Runs = search.Runs,
            Locations = search.Locations,
            Draws = tally.Draws,
            States = known.StateCount,
            New = tally.New,
            FirstBugRun = tally.FirstBugRun,
            BugRuns = tally.BugRuns,
            Elapsed = _clock.GetElapsedTime(tally.Start),
            Fingerprint = tally.Fingerprint,
            EnergyLeft = energy?.EnergyLeft,
            PoolLeft = energy?.PoolLeft,
        };
    }

    private bool IsQuiet(long runs, SeedTally tally) =>
        !_options.AllRuns && (runs - tally.LastNew >= Math.Max(LeastQuietRuns, runs / 2) || tally.Deaths >= LeastQuietDeaths);

    private static bool CostsProcess(BugKind? kind) => kind is BugKind.Timeout or BugKind.Hang or BugKind.Crash or BugKind.OutOfMemory;

    private void Absorb((Timeline Timeline, TimelineResult Result, Novelties Novelties) step, SeedSearch search, SeedTally tally)
    {
        (Timeline timeline, TimelineResult result, Novelties novelties) = step;
        tally.Add(step);
        tally.Deaths = novelties.IsEmpty && CostsProcess(result.End.Bug) ? tally.Deaths + 1 : 0;
        _properties.Absorb(result);
        if (!novelties.IsEmpty)
        {
            tally.LastNew = search.Runs;
            Novelties overall = History.Absorb(result);
            tally.New += overall.Discoveries.Count + overall.Edges.Count;
        }

        if (result.End.Bug is null)
        {
            return;
        }

        tally.FirstBugRun ??= search.Runs;
        tally.BugRuns++;
        if (_bugs.Add(timeline, result.End, _runsBefore + search.Runs))
        {
            tally.LastNew = search.Runs;
        }

        if (_options.StopAtBug is { } text
            && (result.End.Signature.Contains(text, StringComparison.Ordinal) || result.End.Message.Contains(text, StringComparison.Ordinal)))
        {
            _end ??= EndReason.BugFound;
        }
    }

    private void Shorten(Bug bug, CancellationToken cancellation)
    {
        List<Timeline> shortened = [];
        foreach (Timeline timeline in bug.Timelines)
        {
            // One recipe is searched for shortcuts, unless each try may cost a process; the others show that there are other ways.
            var shortener = new RecipeShortener(_engine, shortened.Count == 0 && !CostsProcess(bug.Kind) ? _options.ShorteningTries : 0)
            {
                Progress = TellShortening,
                Cancellation = cancellation,
            };
            shortened.Add(shortener.Shorten(timeline, bug));
            bug.ShorteningRuns += shortener.Runs;
        }

        bug.Shortened = shortened;
    }

    private void TellShortening(long runs)
    {
        _shorteningRuns += runs;
        Progress?.Invoke(_progress with { ShorteningRuns = _shorteningRuns, Elapsed = _clock.GetElapsedTime(_start) });
    }

    private ExplorationReport Report() => new()
    {
        Engine = _engine.Name,
        Options = _options,
        Seeds = [.. _seeds],
        Bugs = _bugs.Bugs,
        Properties = _properties,
        History = History,
        End = _end,
        Nondeterminism = _nondeterminism,
        Elapsed = _clock.GetElapsedTime(_start),
    };

    /// <summary>What is counted of the search of one seed.</summary>
    private sealed class SeedTally(long start)
    {
        public long Start => start;

        public long Draws { get; private set; }

        public int New { get; set; }

        public long LastNew { get; set; }

        /// <summary>Runs in a row that cost a process and brought nothing new.</summary>
        public int Deaths { get; set; }

        public long? FirstBugRun { get; set; }

        public long BugRuns { get; set; }

        public ulong Fingerprint { get; private set; }

        public void Add((Timeline Timeline, TimelineResult Result, Novelties Novelties) step)
        {
            Draws += step.Result.Draws;
            ulong print = Fingerprint;
            foreach (Reseed reseed in step.Timeline.Recipe.Steps)
            {
                print = SeedMixing.Mix(SeedMixing.Mix(print, (ulong)reseed.Count), reseed.Seed);
            }

            foreach (Discovery discovery in step.Result.Discoveries)
            {
                print = SeedMixing.Mix(SeedMixing.Mix(print, discovery.State), (ulong)discovery.Count + ((ulong)discovery.Segment << 48));
            }

            print = SeedMixing.Mix(print, step.Result.End.Bug is null ? 0 : SeedMixing.Of(step.Result.End.Signature));
            foreach (EdgeMark edge in step.Novelties.Edges)
            {
                print = SeedMixing.Mix(SeedMixing.Mix(print, (ulong)edge.Point), edge.Class);
            }

            Fingerprint = SeedMixing.Mix(print, (ulong)step.Result.Draws);
        }
    }
}
