using System.Globalization;
using Edgewise.Exploration.Recipes;

namespace Edgewise.Simulation.Running;

/// <summary>The command that replays a timeline.</summary>
public static class ReplayCommand
{
    /// <summary>The command, to be pasted into a shell.</summary>
    /// <param name="simulation">Name of the simulation.</param>
    /// <param name="timeline">The timeline.</param>
    /// <param name="assembly">Path of its assembly; null for the examples.</param>
    public static string Of(string simulation, Timeline timeline, string? assembly) => string.Create(
        CultureInfo.InvariantCulture,
        $"edgewise sim replay {simulation} {timeline.RootSeed} '{timeline.Recipe}'{(assembly is null ? "" : $" --assembly '{assembly}'")}");
}
