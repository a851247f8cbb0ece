using Edgewise.Exploration;
using Edgewise.Exploration.Bugs;
using Edgewise.Exploration.Engines;
using Edgewise.Exploration.Engines.Forking;
using Edgewise.Exploration.Engines.Workers;
using Edgewise.Exploration.Knowledge;
using Edgewise.Exploration.Recipes;
using Edgewise.Exploration.Running;
using Edgewise.Exploration.Verifying;
using Edgewise.Simulation.Isolation;
using Edgewise.Simulation.Loading;

namespace Edgewise.Simulation.Running;

/// <summary>The exploration of one simulation: warm-up, canaries, search, and the verification of what was found.</summary>
public sealed class SimulationSearch : IDisposable
{
    private readonly SimulationAssembly _assembly;
    private readonly SimulationEntry _entry;
    private readonly SimulationOptions _options;
    private readonly IEngine _engine;
    private readonly WorkersEngine? _fresh;

    /// <summary>Prepares the exploration of a simulation.</summary>
    /// <exception cref="PlatformNotSupportedException">The engine is not available on this machine; the message says why.</exception>
    /// <exception cref="ArgumentException">An option makes no sense.</exception>
    public SimulationSearch(SimulationAssembly assembly, SimulationEntry entry, SimulationOptions options)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(options);
        _assembly = assembly;
        _entry = entry;
        _options = options;
        _engine = MakeEngine();
        _fresh = options.Verify ? new WorkersEngine(WorkerOptions(1)) : null;
    }

    /// <summary>Is told of progress.</summary>
    public Action<ExplorationProgress>? Progress { get; set; }

    /// <summary>Explores.</summary>
    /// <param name="history">What was found before; it grows. Null to begin with nothing.</param>
    /// <param name="cancellation">Ends the search after the runs in flight.</param>
    /// <exception cref="Supervision.SupervisionException">Worker processes cannot be started.</exception>
    public SimulationReport Run(SearchHistory? history = null, CancellationToken cancellation = default)
    {
        history ??= new SearchHistory();
        ExplorationOptions options = _options.Exploration with { StopAtBug = _options.Exploration.StopAtBug ?? (StopsAtExpectedBug ? _entry.ExpectedBug : null) };
        var run = new ExplorationRun(_engine, options, history) { Progress = Progress };
        string? difference = WarmUp(run);
        run.Canary = timeline => difference ?? Compare(timeline, run.AbsorbNames);
        ExplorationReport report = run.Run(cancellation);
        if (report.Nondeterminism is null)
        {
            foreach (Bug bug in report.Bugs)
            {
                Verify(bug);
            }
        }

        return new SimulationReport(_entry, report);
    }

    /// <summary>Runs one timeline, as often as it has engines: what it gave, and how two runs of it differed.</summary>
    /// <exception cref="Supervision.SupervisionException">Worker processes cannot be started.</exception>
    public (TimelineResult Result, string? Difference) Replay(Timeline timeline)
    {
        TimelineResult result = Trace(_engine, timeline);
        return (result, _fresh is null ? null : Difference(timeline, result, Trace(_fresh, timeline)));
    }

    /// <summary>Ends the engines.</summary>
    public void Dispose()
    {
        _engine.Dispose();
        _fresh?.Dispose();
    }

    // An expected bug is looked for until it is found, unless somebody says how far to search.
    private bool StopsAtExpectedBug => _options.Exploration.Iterations is null && !_options.Exploration.AllRuns;

    // Draw by draw: two runs may ask for different numbers and still find the same.
    private static TimelineResult Trace(IEngine engine, Timeline timeline) => Run(engine, new Job(timeline, IsTraced: true));

    private static TimelineResult Run(IEngine engine, Job job)
    {
        engine.Submit(job);
        return engine.Take();
    }

    // Class constructors run once in a process, and what else differs between two equal runs says nothing about a timeline: such points are left out.
    private string? WarmUp(ExplorationRun run)
    {
        var root = new Timeline(_options.Exploration.Seed, Recipe.Empty);
        TimelineResult cold = Trace(_engine, root);
        TimelineResult first = Trace(_engine, root);
        TimelineResult second = Trace(_engine, root);
        run.AbsorbNames(cold);
        run.AbsorbNames(first);
        run.AbsorbNames(second);
        foreach (int point in RunDifference.DifferingPoints(cold, first).Concat(RunDifference.DifferingPoints(first, second)))
        {
            run.History.MaskEdge(point);
        }

        (TimelineResult Left, TimelineResult Right)? differing =
            !RunDifference.AreEqualInFindings(cold, first) ? (cold, first) : !RunDifference.AreEqualInFindings(first, second) ? (first, second) : null;
        return differing is { } pair
            ? "within one process, so something is kept between runs (a static field?): " + RunDifference.Describe(root, pair.Left, pair.Right)
            : null;
    }

    private string? Compare(Timeline timeline, Action<TimelineResult> absorbNames)
    {
        if (_fresh is null)
        {
            return null;
        }

        TimelineResult here = Trace(_engine, timeline);
        absorbNames(here);
        return Difference(timeline, here, Trace(_fresh, timeline));
    }

    private static string? Difference(Timeline timeline, TimelineResult here, TimelineResult there) => RunDifference.AreEqualInFindings(here, there)
        ? null
        : "between two processes, so something depends on the process (hash codes of strings?): " + RunDifference.Describe(timeline, here, there);

    private void Verify(Bug bug)
    {
        if (_fresh is null || bug.Kind == BugKind.Timeout)
        {
            return;
        }

        TimelineResult again = Run(_fresh, new Job(bug.Best));
        if (!bug.IsShownBy(again.End))
        {
            bug.Verification = $"a replay in another process ended with '{(again.End.Bug is null ? "no bug" : again.End.Signature)}': nondeterminism";
        }
    }

    private IEngine MakeEngine() => (_options.Engine, _options.Isolation) switch
    {
        (EngineKind.Fork, _) => new ForkEngine(WorkerOptions(_options.Workers)),
        (EngineKind.Workers, _) => new WorkersEngine(WorkerOptions(_options.Workers)),
        (_, Isolation.None) => new ReplayEngine(new SimulationTarget(_entry.Create, _options.World, _assembly.Counters)),
        _ => new WorkersEngine(WorkerOptions(1)),
    };

    private WorkerOptions WorkerOptions(int workers) => new(WorkerProcess.For(_assembly, _entry, _options.World))
    {
        Workers = workers,
        Deadline = _options.Deadline,
        MemoryLimit = _options.MemoryLimit,
    };
}
