using Edgewise.Cli.Rendering;
using Edgewise.Cli.Rendering.Sim;
using Edgewise.Cli.Terminal;
using Edgewise.Exploration.Knowledge;
using Edgewise.Exploration.Running;
using Edgewise.Hosting;
using Edgewise.Runtime.Formats;
using Edgewise.Simulation;
using Edgewise.Simulation.Loading;
using Edgewise.Simulation.Running;
using Edgewise.Supervision;

namespace Edgewise.Cli.Commands.Sim;

/// <summary>One call of <c>edgewise sim run</c> or <c>run-all</c>.</summary>
/// <param name="Assembly">The simulations; null after an error.</param>
/// <param name="Filters">Which of them; all where there is none.</param>
/// <param name="Options">How to search; with 0 runs where each simulation decides.</param>
/// <param name="JsonFile">Where JSON goes; <c>-</c> is standard output, null is nowhere.</param>
/// <param name="SaveFile">Where the history goes; null is nowhere.</param>
/// <param name="LoadFile">Where the history comes from; null is nowhere.</param>
/// <param name="Counts">Whether the last line counts even if only one was searched.</param>
internal sealed record SimRunRequest(
    SimulationAssembly? Assembly,
    IReadOnlyList<string> Filters,
    SimulationOptions Options,
    string? JsonFile,
    string? SaveFile,
    string? LoadFile,
    bool Counts)
{
    /// <summary>Does it.</summary>
    /// <returns>77 if a search found a bug that was not expected; else 1 if one failed in another way, or after an error; else 0.</returns>
    public int Execute(CommandReport report)
    {
        IReadOnlyList<SimulationEntry> chosen = Assembly is null ? [] : SimulationFilter.Choose(Assembly, Filters, report);
        HistoryFile? history = Assembly is null ? null : ReadHistory(Assembly, report);
        if (report.ErrorCount != 0)
        {
            return CommandReport.Failure;
        }

        List<SimulationResult> results = [];
        using (var interrupt = new Interrupt())
        {
            foreach (SimulationEntry entry in chosen)
            {
                if (interrupt.Token.IsCancellationRequested || !Search(entry, history, results, report, interrupt.Token))
                {
                    break;
                }
            }
        }

        WriteHistory(history, report);
        JsonOutput.Write(JsonFile, report, json => SimJson.WriteRun(json, Assembly!, results));
        if (!JsonOutput.ReplacesText(JsonFile) && (Counts || chosen.Count > 1))
        {
            SimSummary.Write(report.Output, report.IsOutputTerminal, results, chosen.Count);
        }

        return report.ErrorCount != 0 || results.Count < chosen.Count ? Math.Max(Worst(results), CommandReport.Failure) : Worst(results);
    }

    private static int Worst(IEnumerable<SimulationResult> results) => results.Select(result => result.Report.ExitCode).DefaultIfEmpty(0).Max();

    private bool Search(SimulationEntry entry, HistoryFile? file, List<SimulationResult> results, CommandReport report, CancellationToken cancellation)
    {
        ExplorationOptions exploration = Options.Exploration;
        SimulationOptions options = Options with
        {
            Exploration = exploration with { Runs = exploration.Runs > 0 ? exploration.Runs : entry.Runs ?? ExplorationOptions.UsualRuns },
        };
        SearchHistory history = file is not null && file.Histories.TryGetValue(entry.Name, out SearchHistory? known) ? known : new SearchHistory();
        try
        {
            using var search = new SimulationSearch(Assembly!, entry, options);
            using (var view = new SimProgress(report.ErrorOutput, report.IsTerminal, entry.Name, options))
            {
                view.Begin();
                search.Progress = view.Update;
                results.Add(new SimulationResult(search.Run(history, cancellation), options, SimulationSource.ArgumentFor(Assembly!)));
            }
        }
        catch (Exception failure) when (failure is SupervisionException or HostingException or SimulationException or PlatformNotSupportedException or IOException or UnauthorizedAccessException)
        {
            report.Error($"simulation '{entry.Name}': {failure.Message}");
            return false;
        }

        file?.Set(entry.Name, history);
        if (!JsonOutput.ReplacesText(JsonFile))
        {
            SimReport.Write(report.Output, report.IsOutputTerminal, results[^1]);
        }

        return true;
    }

    private HistoryFile? ReadHistory(SimulationAssembly assembly, CommandReport report)
    {
        if (SaveFile is null && LoadFile is null)
        {
            return null;
        }

        try
        {
            string build = assembly.HashBuild();
            return LoadFile is null ? new HistoryFile(build) : HistoryFile.Read(LoadFile, build);
        }
        catch (Exception failure) when (failure is CoverageFormatException or HostingException)
        {
            report.Error(failure.Message);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            report.Error($"--load-history {LoadFile}: cannot be read: {failure.Message}");
        }

        return null;
    }

    private void WriteHistory(HistoryFile? history, CommandReport report)
    {
        if (SaveFile is null || history is null)
        {
            return;
        }

        try
        {
            history.Write(SaveFile);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            report.Error($"--save-history {SaveFile}: cannot be written: {failure.Message}");
        }
    }
}
