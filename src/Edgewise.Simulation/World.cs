using Edgewise.Exploration.Randomness;
using Edgewise.Simulation.Processes;
using Edgewise.Simulation.Scheduling;
using Edgewise.Simulation.Time;

namespace Edgewise.Simulation;

/// <summary>
/// The world that one run of a simulation lives in: one thread, virtual time, and one counted source of chance from which everything follows. Made by
/// <see cref="SimulationTarget"/> for each run; parts are made when they are first used, so that a run pays for what it uses.
/// </summary>
public sealed partial class World
{
    [ThreadStatic]
    private static World? t_current;

    private readonly WorldOptions _options;
    private WorldTime? _time;

    internal World(WorldOptions options, WorldParts parts, RandomSource random)
    {
        _options = options;
        _ready = parts.Ready;
        Timers = parts.Timers;
        Random = random;
        MainContext = new WorldContext(this, null);
        CurrentContext = MainContext;
    }

    /// <summary>The world that runs on this thread; null outside of one.</summary>
    public static World? Current
    {
        get => t_current;
        internal set => t_current = value;
    }

    /// <summary>The one source of chance of the run.</summary>
    public RandomSource Random { get; }

    /// <summary>The clock and the timers of the run.</summary>
    public WorldTime Time => _time ??= new WorldTime(this);

    /// <summary>Simulated time since the world began.</summary>
    public TimeSpan Elapsed => new(_now);

    /// <summary>Number of times that ready work was picked.</summary>
    public long Steps { get; private set; }

    /// <summary>The process that runs now; null while the simulation itself does.</summary>
    public SimulatedProcess? CurrentProcess => CurrentContext.Process;

    /// <summary>Runs what is posted as the process that runs now.</summary>
    public SynchronizationContext Context => CurrentContext;

    /// <summary>Runs tasks as the process that runs now.</summary>
    public TaskScheduler Tasks => CurrentContext.Tasks;

    /// <summary>Waits for a simulated time, as <see cref="Task.Delay(TimeSpan, TimeProvider)"/> with <see cref="Time"/> does.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative and not infinite, or 2^32 - 1 milliseconds or more.</exception>
    public Task Delay(TimeSpan time, CancellationToken cancellation = default) => Task.Delay(time, Time, cancellation);
}
