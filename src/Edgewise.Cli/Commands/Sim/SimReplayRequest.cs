using Edgewise.Cli.Options;
using Edgewise.Cli.Rendering.Sim;
using Edgewise.Exploration.Recipes;
using Edgewise.Hosting;
using Edgewise.Simulation;
using Edgewise.Simulation.Loading;
using Edgewise.Simulation.Running;
using Edgewise.Supervision;

namespace Edgewise.Cli.Commands.Sim;

/// <summary>One call of <c>edgewise sim replay</c>.</summary>
/// <param name="Assembly">The simulations; null after an error.</param>
/// <param name="Name">Which of them.</param>
/// <param name="Seed">The root seed, as it was typed.</param>
/// <param name="Recipe">The recipe, as it was typed.</param>
/// <param name="Options">In which processes it runs.</param>
/// <param name="JsonFile">Where JSON goes; <c>-</c> is standard output, null is nowhere.</param>
internal sealed record SimReplayRequest(SimulationAssembly? Assembly, string Name, string Seed, string Recipe, SimulationOptions Options, string? JsonFile)
{
    /// <summary>Exit code of a command that showed a bug.</summary>
    public const int Bug = 77;

    /// <summary>Does it.</summary>
    /// <returns>77 if the timeline shows a bug, 0 if it ends well; 1 if two runs of it differ, the recipe does not apply, or after an error.</returns>
    public int Execute(CommandReport report)
    {
        ulong seed = Quantities.Seed("SEED", Seed).Tell(report);
        Recipe recipe = Parse(report);
        SimulationEntry? entry = Find(report);
        if (entry is null || report.ErrorCount != 0)
        {
            return CommandReport.Failure;
        }

        ReplayResult replay;
        try
        {
            using var search = new SimulationSearch(Assembly!, entry, Options);
            var timeline = new Timeline(seed, recipe);
            (Exploration.Engines.TimelineResult result, string? difference) = search.Replay(timeline);
            replay = new ReplayResult(entry.Name, timeline, result, difference, Options.Verify);
        }
        catch (Exception failure) when (failure is SupervisionException or HostingException or SimulationException or PlatformNotSupportedException)
        {
            report.Error($"simulation '{Name}': {failure.Message}");
            return CommandReport.Failure;
        }

        if (!JsonOutput.ReplacesText(JsonFile))
        {
            SimReplay.Write(report.Output, report.IsOutputTerminal, replay);
        }

        JsonOutput.Write(JsonFile, report, json => SimJson.WriteReplay(json, Assembly!.Path, replay));
        if (replay.Misfit is { } misfit)
        {
            report.Error(misfit);
        }

        return report.ErrorCount != 0 || replay.Difference is not null ? CommandReport.Failure : replay.Result.End.Bug is null ? 0 : Bug;
    }

    private Recipe Parse(CommandReport report)
    {
        try
        {
            return Exploration.Recipes.Recipe.Parse(Recipe);
        }
        catch (FormatException failure)
        {
            report.Error(failure.Message);
            return Exploration.Recipes.Recipe.Empty;
        }
    }

    private SimulationEntry? Find(CommandReport report)
    {
        try
        {
            return Assembly?.Find(Name);
        }
        catch (SimulationException failure)
        {
            report.Error(failure.Message);
            return null;
        }
    }
}
