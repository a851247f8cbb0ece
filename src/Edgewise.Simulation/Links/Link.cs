using Edgewise.Simulation.Processes;

namespace Edgewise.Simulation.Links;

/// <summary>One direction between two processes.</summary>
internal sealed class Link(SimulatedProcess from, SimulatedProcess to)
{
    public SimulatedProcess From => from;

    public SimulatedProcess To => to;

    /// <summary>What holds for this link alone; null if nothing does.</summary>
    public LinkOptions? Options { get; set; }

    /// <summary>A partition stands between the two: what is sent is lost.</summary>
    public bool IsCut { get; set; }

    /// <summary>When the last message that keeps its order arrives, in ticks.</summary>
    public long LastArrival { get; set; } = -1;
}
