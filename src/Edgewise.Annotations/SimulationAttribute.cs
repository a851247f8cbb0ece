namespace Edgewise.Annotations;

/// <summary>
/// Marks a class as a simulation: one run of a system, which is searched for timelines that break its properties. The class has a constructor without
/// parameters and implements <c>Edgewise.Simulation.ISimulation</c>; each run gets a new instance.
/// </summary>
/// <param name="name">The name by which commands and reports call it.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class SimulationAttribute(string name) : Attribute
{
    /// <summary>The name by which commands and reports call it.</summary>
    public string Name { get; } = name;
}
