using Edgewise.Annotations;
using Edgewise.Exploration;
using Edgewise.Exploration.Journals;

namespace Edgewise.Simulation;

/// <summary>What the properties in simulated code do: a target makes one, and tells it of each run.</summary>
internal abstract class WorldProperties : SimulationHooks
{
    /// <summary>The world of the run.</summary>
    protected World? World { get; private set; }

    /// <summary>A run begins.</summary>
    public virtual void Begin(World world, Journal journal) => World = world;

    /// <summary>The run is over.</summary>
    /// <returns>The end that it has if a property was violated; null if none was.</returns>
    public abstract TimelineEnd? End();

    /// <inheritdoc/>
    public override bool Buggify(string name, double probability) => World is { } world && world.Faults.Points.Fire(world.Random, name, probability);

    /// <inheritdoc/>
    public override long Knob(string name, long usual, long from, long to) =>
        World is { } world ? world.Faults.Points.Knob(world.Random, name, usual, from, to) : usual;
}
