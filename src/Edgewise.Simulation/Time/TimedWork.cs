using Edgewise.Simulation.Scheduling;

namespace Edgewise.Simulation.Time;

/// <summary>Work that becomes ready at a time. While it waits it stands in the <see cref="TimerHeap"/> of its world.</summary>
internal abstract class TimedWork
{
    /// <summary>Whose work it is.</summary>
    public abstract WorldContext Context { get; }

    /// <summary>Place in the heap; -1 if it does not wait.</summary>
    public int Place { get; set; } = -1;

    /// <summary>How often it stands in the ready queue: its time came, and it was not picked yet.</summary>
    public int ReadyCount { get; set; }

    /// <summary>The time has come and the work was picked; <see cref="ReadyCount"/> no longer counts that.</summary>
    public abstract void Fire();
}
