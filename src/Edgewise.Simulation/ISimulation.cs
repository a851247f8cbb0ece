namespace Edgewise.Simulation;

/// <summary>
/// A simulation: one run of a system in a world of its own. Mark the class with <see cref="Annotations.SimulationAttribute"/> so that commands find it;
/// each run gets a new instance and must keep nothing in static fields.
/// </summary>
public interface ISimulation
{
    /// <summary>Runs the system. The run ends when the task does; what is still going on in the world then is dropped.</summary>
    /// <param name="world">The world of this run: its chance, time, processes, links and faults.</param>
    Task RunAsync(World world);
}
