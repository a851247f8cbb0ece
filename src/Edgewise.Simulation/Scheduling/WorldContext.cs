using Edgewise.Simulation.Processes;

namespace Edgewise.Simulation.Scheduling;

/// <summary>
/// The context that awaits capture inside a world: one a process incarnation, and one for the simulation itself. Whoever completes a task, what waits for
/// it runs as the process that waited; and nothing of a process that crashed runs any more.
/// </summary>
internal sealed class WorldContext : SynchronizationContext
{
    private WorldTaskScheduler? _tasks;
    private bool _hasEnded;

    public WorldContext(World world, SimulatedProcess? process)
    {
        World = world;
        Process = process;
        SetWaitNotificationRequired();
    }

    /// <summary>The world of the context.</summary>
    public World World { get; }

    /// <summary>The process whose incarnation this is; null for the simulation itself.</summary>
    public SimulatedProcess? Process { get; }

    /// <summary>The process crashed or the world ended: work that comes now is dropped.</summary>
    public bool HasEnded => _hasEnded || World.HasEnded;

    /// <summary>Runs tasks as this process.</summary>
    public WorldTaskScheduler Tasks => _tasks ??= new WorldTaskScheduler(this);

    /// <summary>The process crashed.</summary>
    public void End() => _hasEnded = true;

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state)
    {
        ArgumentNullException.ThrowIfNull(d);
        World.Post(d, state, this);
    }

    /// <summary>Runs the callback at once if the world runs on this thread.</summary>
    /// <exception cref="SimulationException">It does not: a real thread would have to wait.</exception>
    public override void Send(SendOrPostCallback d, object? state)
    {
        ArgumentNullException.ThrowIfNull(d);
        if (World.Current != World)
        {
            throw new SimulationException("SynchronizationContext.Send into a simulated world from outside of it: post, or await, instead");
        }

        d(state);
    }

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;

    /// <summary>A blocking wait: the one thread of the world would wait for itself.</summary>
    public override int Wait(IntPtr[] waitHandles, bool waitAll, int millisecondsTimeout)
    {
        if (World.Current != World || millisecondsTimeout == 0)
        {
            return base.Wait(waitHandles, waitAll, millisecondsTimeout);
        }

        throw World.Refuse("a blocking wait", "await instead: the world has one thread, and nothing else runs while it blocks");
    }
}
