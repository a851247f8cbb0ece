using Edgewise.Cli.Rendering.Sim;
using Edgewise.Simulation.Loading;

namespace Edgewise.Cli.Commands.Sim;

/// <summary>One call of <c>edgewise sim list</c>.</summary>
/// <param name="Assembly">The simulations; null after an error.</param>
/// <param name="Filters">Which of them; all where there is none.</param>
/// <param name="JsonFile">Where JSON goes; <c>-</c> is standard output, null is nowhere.</param>
internal sealed record SimListRequest(SimulationAssembly? Assembly, IReadOnlyList<string> Filters, string? JsonFile)
{
    /// <summary>Does it.</summary>
    /// <returns>0, or 1 after an error.</returns>
    public int Execute(CommandReport report)
    {
        IReadOnlyList<SimulationEntry> chosen = Assembly is null ? [] : SimulationFilter.Choose(Assembly, Filters, report);
        if (report.ErrorCount != 0)
        {
            return CommandReport.Failure;
        }

        if (!JsonOutput.ReplacesText(JsonFile))
        {
            report.Output.Write(SimListing.Text(chosen));
        }

        JsonOutput.Write(JsonFile, report, json => SimJson.WriteList(json, Assembly!.Path, chosen));
        return report.ErrorCount == 0 ? 0 : CommandReport.Failure;
    }
}
