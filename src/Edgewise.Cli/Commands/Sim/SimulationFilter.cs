using System.IO.Enumeration;
using Edgewise.Simulation;
using Edgewise.Simulation.Loading;

namespace Edgewise.Cli.Commands.Sim;

/// <summary>Chooses simulations by what was typed: a name, else a glob with <c>*</c> or <c>?</c>, else a part of names.</summary>
internal static class SimulationFilter
{
    /// <summary>The simulations that any of the filters means, in the order of the assembly; all where there is no filter.</summary>
    /// <param name="assembly">The simulations.</param>
    /// <param name="filters">What was typed.</param>
    /// <param name="report">Receives an error for each filter that means none, with the nearest names.</param>
    public static IReadOnlyList<SimulationEntry> Choose(SimulationAssembly assembly, IReadOnlyList<string> filters, CommandReport report)
    {
        var chosen = new HashSet<SimulationEntry>();
        foreach (string filter in filters)
        {
            try
            {
                chosen.UnionWith(Meant(assembly, filter));
            }
            catch (SimulationException failure)
            {
                report.Error(failure.Message);
            }
        }

        return [.. assembly.Simulations.Where(simulation => filters.Count == 0 || chosen.Contains(simulation))];
    }

    private static SimulationEntry[] Meant(SimulationAssembly assembly, string filter)
    {
        bool isGlob = filter.AsSpan().ContainsAny('*', '?');
        SimulationEntry[] meant = [.. assembly.Simulations.Where(simulation => simulation.Name == filter)];
        if (meant.Length == 0)
        {
            meant = [.. assembly.Simulations.Where(simulation => isGlob
                ? FileSystemName.MatchesSimpleExpression(filter.Replace('\\', '/'), simulation.Name)
                : simulation.Name.Contains(filter, StringComparison.OrdinalIgnoreCase))];
        }

        // Nothing is meant: the assembly knows how to say so.
        return meant.Length > 0 ? meant : [assembly.Find(filter)];
    }
}
