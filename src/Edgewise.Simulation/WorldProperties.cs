using Edgewise.Exploration;
using Edgewise.Exploration.Journals;
using Edgewise.Simulation.Properties;

namespace Edgewise.Simulation;

/// <summary>The properties, fault points and knobs in simulated code, as a target sees to them: made once, told of each run.</summary>
internal sealed class WorldProperties : PropertyTable
{
    private World? _world;

    /// <summary>A run begins.</summary>
    public void Begin(World world, Journal journal)
    {
        _world = world;
        Begin(world.Random, journal);
    }

    /// <summary>The run is over.</summary>
    /// <returns>The end that it has if a property was violated; null if none was.</returns>
    public TimelineEnd? EndRun()
    {
        _world = null;
        End();
        return FirstViolation is { } violation ? new TimelineEnd(BugKind.PropertyViolated, violation.Signature, violation.ToString()) : null;
    }

    /// <inheritdoc/>
    public override bool Buggify(string name, double probability) => _world is { } world && world.Faults.Points.Fire(world.Random, name, probability);

    /// <inheritdoc/>
    public override long Knob(string name, long usual, long from, long to) =>
        _world is { } world ? world.Faults.Points.Knob(world.Random, name, usual, from, to) : usual;
}
