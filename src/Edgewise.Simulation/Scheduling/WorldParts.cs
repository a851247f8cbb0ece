using Edgewise.Simulation.Time;

namespace Edgewise.Simulation.Scheduling;

/// <summary>What worlds use one after the other, so that a run need not make it.</summary>
internal sealed class WorldParts
{
    /// <summary>What is ready.</summary>
    public ReadyQueue Ready { get; } = new();

    /// <summary>What waits for a time.</summary>
    public TimerHeap Timers { get; } = new();

    /// <summary>Deadlocks that were met before, by signature: no real thread came to end them.</summary>
    public HashSet<string> KnownDeadlocks { get; } = [];

    /// <summary>Places that blocked before, by their frames: it was no wait for a real thread.</summary>
    public HashSet<string> KnownBlocks { get; } = [];

    /// <summary>Lets go of what the last run left.</summary>
    public void Clear()
    {
        Ready.Clear();
        Timers.Clear();
    }
}
