using Edgewise.Simulation.Processes;

namespace Edgewise.Simulation.Links;

/// <summary>A message that arrived.</summary>
/// <param name="From">Who sent it.</param>
/// <param name="Body">What was sent.</param>
public readonly record struct Message(SimulatedProcess From, object Body);
