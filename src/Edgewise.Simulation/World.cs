using Edgewise.Exploration.Randomness;
using Edgewise.Simulation.Faults;
using Edgewise.Simulation.Links;
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
    private static readonly List<SimulatedProcess> NoProcesses = [];

    [ThreadStatic]
    private static World? t_current;

    private readonly WorldOptions _options;
    private readonly WorldParts _parts;
    private List<SimulatedProcess> _processes = NoProcesses;
    private WorldTime? _time;
    private Network? _network;
    private FaultPlan? _faults;

    internal World(WorldOptions options, WorldParts parts, RandomSource random)
    {
        _options = options;
        _parts = parts;
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

    /// <summary>The processes that were ever started, in that order.</summary>
    public IReadOnlyList<SimulatedProcess> Processes => _processes;

    /// <summary>The links between processes.</summary>
    public Network Network => _network ??= new Network(this);

    /// <summary>What goes wrong in this run, and when.</summary>
    public FaultPlan Faults => _faults ??= new FaultPlan(this);

    /// <summary>Starts a process.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="body">What it runs, in each life anew; it exits when the task is complete. An exception that it throws is a bug.</param>
    /// <exception cref="ArgumentException">Another process has the name.</exception>
    public SimulatedProcess StartProcess(string name, Func<SimulatedProcess, Task> body)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(body);
        foreach (SimulatedProcess other in _processes)
        {
            if (other.Name == name)
            {
                throw new ArgumentException($"there is a process '{name}' already", nameof(name));
            }
        }

        if (_processes == NoProcesses)
        {
            _processes = [];
        }

        var process = new SimulatedProcess(this, name, _processes.Count, body);
        _processes.Add(process);
        process.Start();
        return process;
    }

    /// <summary>Waits for a simulated time, as <see cref="Task.Delay(TimeSpan, TimeProvider)"/> with <see cref="Time"/> does.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative and not infinite, or 2^32 - 1 milliseconds or more.</exception>
    public Task Delay(TimeSpan time, CancellationToken cancellation = default) => Task.Delay(time, Time, cancellation);
}
