using Edgewise.Simulation.Ends;
using Edgewise.Simulation.Processes;

namespace Edgewise.Simulation.Scheduling;

/// <summary>
/// The context that awaits capture inside a world: one a process incarnation, and one for the simulation itself. Whoever completes a task, what waits for
/// it runs as the process that waited; and nothing of a process that crashed runs any more.
/// </summary>
internal sealed class WorldContext : SynchronizationContext
{
    private const int PatienceInMilliseconds = 1000;

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

    /// <summary>A blocking wait. The one thread of the world would wait for itself: that is reported.</summary>
    /// <remarks>
    /// The runtime asks here for every wait of its own too, so for a lock that a thread of another world, or of the test host, holds for a moment. What ends
    /// within a second is taken for that.
    /// </remarks>
    public override int Wait(IntPtr[] waitHandles, bool waitAll, int millisecondsTimeout)
    {
        if (World.Current != World || millisecondsTimeout == 0)
        {
            return base.Wait(waitHandles, waitAll, millisecondsTimeout);
        }

        string place = UserFrames.OfHere();
        int patience = World.IsKnownToBlock(place) ? 0 : PatienceInMilliseconds;
        int signalled = base.Wait(waitHandles, waitAll, millisecondsTimeout < 0 ? patience : Math.Min(millisecondsTimeout, patience));
        if (signalled != WaitHandle.WaitTimeout)
        {
            return signalled;
        }

        World.RememberBlock(place);
        throw World.Refuse("a blocking wait", "await instead: the world has one thread, and nothing else runs while it blocks");
    }
}
