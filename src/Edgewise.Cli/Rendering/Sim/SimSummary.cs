using Edgewise.Cli.Commands.Sim;
using Spectre.Console;

namespace Edgewise.Cli.Rendering.Sim;

/// <summary>What ends a command that searched several simulations: a line each, then how many passed. Pure.</summary>
internal static class SimSummary
{
    /// <summary>Makes the page.</summary>
    /// <param name="results">Those that were searched.</param>
    /// <param name="wanted">How many were to be searched.</param>
    public static ReportPage Render(IReadOnlyList<SimulationResult> results, int wanted)
    {
        var page = new ReportPage();
        page.Heading("Summary");
        int width = results.Select(result => result.Report.Simulation.Name.Length).DefaultIfEmpty(0).Max();
        foreach (SimulationResult result in results)
        {
            (string icon, string verdict, Style style) = SimVerdict.Of(result.Report);
            page.Add("  ").Add(icon, style).Line($" {result.Report.Simulation.Name.PadRight(width)}  {verdict}  ({SimWords.Time(result.Report.Exploration.Elapsed)})");
        }

        int passed = results.Count(result => result.Report.HasPassed);
        page.EndLine();
        page.Line($"{passed} passed, {results.Count - passed} failed{(wanted > results.Count ? $", {wanted - results.Count} not searched" : "")}");
        return page;
    }

    /// <summary>Writes it to a stream of the process.</summary>
    public static void Write(TextWriter writer, bool isTerminal, IReadOnlyList<SimulationResult> results, int wanted) => Render(results, wanted).Write(writer, isTerminal);
}
