using System.Globalization;
using System.Text;
using Edgewise.Simulation.Loading;

namespace Edgewise.Cli.Rendering.Sim;

/// <summary>The text of <c>edgewise sim list</c>. Pure.</summary>
internal static class SimListing
{
    /// <summary>A line a simulation: its name, then its class, and the bug that it plants.</summary>
    public static string Text(IReadOnlyList<SimulationEntry> simulations)
    {
        StringBuilder text = new();
        int width = simulations.Select(simulation => TerminalText.Plain(simulation.Name).Length).DefaultIfEmpty(0).Max();
        foreach (SimulationEntry simulation in simulations)
        {
            text.Append(CultureInfo.InvariantCulture, $"{TerminalText.Plain(simulation.Name).PadRight(width)}  {TerminalText.Plain(simulation.Type.FullName ?? simulation.Type.Name)}");
            if (simulation.ExpectedBug is { } bug)
            {
                text.Append(CultureInfo.InvariantCulture, $", plants '{TerminalText.Plain(bug)}'");
            }

            text.Append('\n');
        }

        return text.ToString();
    }
}
