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

    /// <summary>Runs of a root seed that its search needs, where the command line does not say; 0 for the usual number.</summary>
    public long Runs { get; set; }
}
