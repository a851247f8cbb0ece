using Edgewise.Simulation.Links;
using Edgewise.Simulation.Scheduling;

namespace Edgewise.Simulation.Processes;

/// <summary>What a process has from a start to the next crash or end.</summary>
internal sealed class ProcessLife(SimulatedProcess process)
{
    /// <summary>Whose work its tasks are.</summary>
    public WorldContext Context { get; } = new(process.World, process);

    /// <summary>What arrived.</summary>
    public Mailbox Mailbox { get; } = new(process.World);

    /// <summary>Asks it to end.</summary>
    public CancellationTokenSource Stopping { get; } = new();

    /// <summary>It was asked, though it may not have heard yet.</summary>
    public bool IsAskedToEnd { get; set; }

    /// <summary>Completes when it is over.</summary>
    /// <remarks>Without RunContinuationsAsynchronously: with it, the framework runs what combines tasks (WaitAsync, WhenAny) on its pool.</remarks>
    public TaskCompletionSource Exited { get; } = new();

    /// <summary>What the body does; null before it begins.</summary>
    public Task? Main { get; private set; }

    /// <summary>Runs the body up to its first wait.</summary>
    public void Begin() => Main = process.RunAsync(this);
}
