using Edgewise.Simulation.Scheduling;
using Edgewise.Simulation.Time;

namespace Edgewise.Simulation.Links;

/// <summary>A message under way. It belongs to the network, not to who sent it: that one may crash meanwhile.</summary>
internal sealed class Delivery(World world) : TimedWork
{
    public override WorldContext Context => world.MainContext;

    /// <summary>Where it goes; null while it carries nothing.</summary>
    public Link? Link { get; set; }

    /// <summary>What it carries.</summary>
    public object? Body { get; set; }

    /// <summary>Its place among those under way.</summary>
    public int Index { get; set; }

    public override void Fire() => world.Network.Arrive(this);
}
