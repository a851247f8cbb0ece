using Edgewise.Exploration.Engines;
using Edgewise.Exploration.Running;

namespace Edgewise.Simulation.Running;

/// <summary>How a simulation is explored.</summary>
public sealed record SimulationOptions
{
    /// <summary>How the search goes and how long.</summary>
    public ExplorationOptions Exploration { get; init; } = new();

    /// <summary>What a run is allowed.</summary>
    public WorldOptions World { get; init; } = WorldOptions.Default;

    /// <summary>What runs the timelines.</summary>
    public EngineKind Engine { get; init; } = EngineKind.Replay;

    /// <summary>Worker processes of the engines <see cref="EngineKind.Workers"/> and <see cref="EngineKind.Fork"/>.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>Real time that one run may take in a worker process.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes of managed heap that a worker process may have; null for no limit but the machine's.</summary>
    public long? MemoryLimit { get; init; }

    /// <summary>Whether runs happen in processes of their own: a crash is a bug then, and not the end of this process.</summary>
    public Isolation Isolation { get; init; } = Isolation.Process;

    /// <summary>Whether each root timeline is run once more in a process of its own, and each bug too. A test that must not start processes turns it off.</summary>
    public bool Verify { get; init; } = true;
}
