using Edgewise.Exploration.Bugs;
using Edgewise.Simulation.Running;

namespace Edgewise.Cli.Commands.Sim;

/// <summary>A simulation that was searched.</summary>
/// <param name="Report">What was found.</param>
/// <param name="Options">How it was searched.</param>
/// <param name="Assembly">The assembly for a command that replays; null where it needs none.</param>
internal sealed record SimulationResult(SimulationReport Report, SimulationOptions Options, string? Assembly)
{
    /// <summary>The command that replays a bug.</summary>
    public string ReplayOf(Bug bug) => ReplayCommand.Of(Report.Simulation.Name, bug.Best, Assembly);
}
