using System.Globalization;
using Edgewise.Annotations;
using Edgewise.Exploration;
using Edgewise.Exploration.Engines.Workers;
using Edgewise.Exploration.Journals;
using Edgewise.Exploration.Randomness;
using Edgewise.Simulation.Ends;
using Edgewise.Simulation.Scheduling;

namespace Edgewise.Simulation;

/// <summary>A simulation as the explorer runs it: each timeline in a world of its own. For one thread at a time.</summary>
public sealed class SimulationTarget : ITimelineTarget, IOwnedCounterPages
{
    private readonly Func<ISimulation> _simulations;
    private readonly WorldOptions _options;
    private readonly CounterSource? _counters;
    private readonly CounterSource? _counterPages;
    private readonly WorldProperties _properties = new();
    private readonly WorldParts _parts = new();
    private bool _isRunning;

    /// <summary>Makes a target.</summary>
    /// <param name="simulations">Makes the instance of a run; an exception in it is a bug of the simulation.</param>
    /// <param name="options">What a run is allowed; null for <see cref="WorldOptions.Default"/>.</param>
    /// <param name="counters">Gives the counters of the instrumented code; null if it is not instrumented.</param>
    /// <param name="counterPages">Gives the whole pages of the counters; null if an engine must not replace them.</param>
    public SimulationTarget(Func<ISimulation> simulations, WorldOptions? options = null, CounterSource? counters = null, CounterSource? counterPages = null)
    {
        ArgumentNullException.ThrowIfNull(simulations);
        _simulations = simulations;
        _options = options ?? WorldOptions.Default;
        _counters = counters;
        _counterPages = counterPages;
    }

    /// <summary>Gives counters of edges, one byte a point.</summary>
    public delegate Span<byte> CounterSource();

    /// <inheritdoc/>
    public Span<byte> Counters => _counters is null ? [] : _counters();

    /// <inheritdoc/>
    public Span<byte> CounterPages => _counterPages is null ? [] : _counterPages();

    /// <summary>Work that came to ended worlds and was dropped, in the last run.</summary>
    internal int LatePosts => LastWorld?.LatePosts ?? 0;

    /// <summary>The world of the last run.</summary>
    internal World? LastWorld { get; private set; }

    /// <inheritdoc/>
    public TimelineEnd Run(RandomSource random, Journal journal)
    {
        if (_isRunning)
        {
            return new TimelineEnd(BugKind.Exception, "a simulation ran itself", "a target runs one timeline at a time: a simulation must not run the target that runs it");
        }

        _isRunning = true;
        var world = new World(_options, _parts, random);
        LastWorld = world;
        _properties.Begin(world, journal);

        World? outerWorld = World.Current;
        SimulationHooks? outerHooks = SimulationHooks.Current;
        SynchronizationContext? outerContext = SynchronizationContext.Current;
        ExecutionContext? outerFlow = ExecutionContext.Capture();
        CultureInfo outerCulture = CultureInfo.CurrentCulture;
        CultureInfo outerTexts = CultureInfo.CurrentUICulture;
        try
        {
            World.Current = world;
            SimulationHooks.Current = _properties;
            SynchronizationContext.SetSynchronizationContext(world.MainContext);
            PinCulture(CultureInfo.InvariantCulture, CultureInfo.InvariantCulture);
            RunIn(world);
        }
        finally
        {
            world.Close();
            _parts.Clear();
            if (outerFlow is not null)
            {
                ExecutionContext.Restore(outerFlow);
            }

            PinCulture(outerCulture, outerTexts);
            SynchronizationContext.SetSynchronizationContext(outerContext);
            SimulationHooks.Current = outerHooks;
            World.Current = outerWorld;
            _isRunning = false;
        }

        // What a violated property led to is its consequence.
        return _properties.EndRun() ?? world.End ?? TimelineEnd.Good;
    }

    private void RunIn(World world)
    {
        try
        {
            Task main = _simulations().RunAsync(world);
            world.RunUntil(main ?? throw new SimulationException("RunAsync returned null instead of a task"));
        }
        catch (Exception exception)
        {
            // Of the simulation's constructor, or of what RunAsync does before its first await.
            world.Fail(exception);
        }
    }

    // The framework keeps cultures as async locals: setting one is not free, and mostly it is the same.
    private static void PinCulture(CultureInfo culture, CultureInfo texts)
    {
        if (!ReferenceEquals(CultureInfo.CurrentCulture, culture))
        {
            CultureInfo.CurrentCulture = culture;
        }

        if (!ReferenceEquals(CultureInfo.CurrentUICulture, texts))
        {
            CultureInfo.CurrentUICulture = texts;
        }
    }
}
