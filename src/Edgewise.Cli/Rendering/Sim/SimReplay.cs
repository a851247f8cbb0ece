using Edgewise.Cli.Commands.Sim;
using Edgewise.Exploration;
using Edgewise.Exploration.Knowledge;
using Edgewise.Simulation.Reporting;

namespace Edgewise.Cli.Rendering.Sim;

/// <summary>What <c>edgewise sim replay</c> prints. Pure.</summary>
internal static class SimReplay
{
    /// <summary>Makes the page.</summary>
    public static ReportPage Render(ReplayResult replay)
    {
        var page = new ReportPage();
        TimelineEnd end = replay.Result.End;
        page.Heading(replay.Simulation);
        page.Label("Seed").Line($"{replay.Timeline.RootSeed}");
        page.Label("Recipe").Line(replay.Timeline.Recipe.Length == 0 ? "none" : $"{replay.Timeline.Recipe}");
        page.Label("Reached").Line($"{SimWords.Number(replay.Result.Segments)} of {SimWords.Count(replay.Timeline.Recipe.Length, "step")}, {SimWords.Count(replay.Result.Draws, "draw")}");
        page.Label("Again").Line(
            replay.Difference ?? (replay.IsVerified ? "a run in another process was the same" : "not run again: --no-verify"), replay.Difference is null ? null : ReportPage.Bad);
        page.EndLine();
        if (end.Bug is { } bug)
        {
            page.Add("  ").Add("✗ ", ReportPage.Bad).Add(SimWords.Of(bug), ReportPage.Strong).Line($"  {end.Signature}");
            foreach (string line in SimBugSection.MessageLines(end.Message).Where(line => !end.Signature.EndsWith(line, StringComparison.Ordinal)))
            {
                page.Line($"      {line}");
            }
        }
        else
        {
            page.Add("  ").Add("✓ ", ReportPage.Good).Line("no bug");
        }

        page.EndLine();
        SimPropertySections.Add(page, Properties(replay));
        return page;
    }

    /// <summary>Writes it to a stream of the process.</summary>
    public static void Write(TextWriter writer, bool isTerminal, ReplayResult replay) => Render(replay).Write(writer, isTerminal);

    /// <summary>The properties that the run asked.</summary>
    internal static IReadOnlyList<PropertyOutcome> Properties(ReplayResult replay)
    {
        var catalog = new PropertyCatalog();
        catalog.Absorb(replay.Result);
        return PropertyOutcome.Of(catalog);
    }
}
