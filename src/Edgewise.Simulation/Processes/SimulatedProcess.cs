namespace Edgewise.Simulation.Processes;

/// <summary>A process of a simulated system.</summary>
public sealed class SimulatedProcess
{
}
