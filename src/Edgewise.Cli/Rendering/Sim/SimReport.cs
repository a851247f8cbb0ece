using System.Globalization;
using Edgewise.Cli.Commands.Sim;
using Edgewise.Exploration.Running;
using Edgewise.Simulation.Reporting;
using Spectre.Console;

namespace Edgewise.Cli.Rendering.Sim;

/// <summary>The report of one simulation. Pure: the same result gives the same page.</summary>
internal static class SimReport
{
    /// <summary>Makes the page.</summary>
    public static ReportPage Render(SimulationResult result)
    {
        var page = new ReportPage();
        ExplorationReport exploration = result.Report.Exploration;
        page.Heading(result.Report.Simulation.Name);
        AddSummary(page, result);
        if (exploration.Runs == 0)
        {
            return page;
        }

        page.Heading("Exploration");
        AddExploration(page, result);
        SimBugSection.Add(page, result);
        SimPropertySections.Add(page, PropertyOutcome.Of(exploration.Properties));
        AddSeeds(page, exploration);
        return page;
    }

    /// <summary>Writes the report to a stream of the process.</summary>
    /// <param name="writer">Standard output.</param>
    /// <param name="isTerminal">True where a person sees it.</param>
    /// <param name="result">The simulation.</param>
    public static void Write(TextWriter writer, bool isTerminal, SimulationResult result) => Render(result).Write(writer, isTerminal);

    private static void AddSummary(ReportPage page, SimulationResult result)
    {
        ExplorationReport exploration = result.Report.Exploration;
        (string icon, string verdict, Style style) = SimVerdict.Of(result.Report);
        page.Add("  ").Add($"{icon} {verdict}", style).EndLine();
        if (exploration.Nondeterminism is { } difference)
        {
            page.Line($"    {difference}");
        }

        page.EndLine();
        page.Label("Ended").Line(SimWords.Why(exploration));
        if (exploration.Runs == 0)
        {
            page.EndLine();
            return;
        }

        page.Label("Root seeds").Line(SimWords.Number(exploration.Seeds.Count));
        // What is around the search – warm-up, shortening – would make it look slow.
        TimeSpan searched = exploration.Seeds.Aggregate(TimeSpan.Zero, (time, seed) => time + seed.Elapsed);
        page.Label("Timelines").Line($"{SimWords.Number(exploration.Runs)} in {SimWords.Time(searched)}, {SimWords.Rate(exploration.Runs, searched)}");
        page.Label("Time").Line($"{SimWords.Time(exploration.Elapsed)} with warm-up and shortening");
        page.EndLine();
    }

    private static void AddExploration(ReportPage page, SimulationResult result)
    {
        ExplorationReport exploration = result.Report.Exploration;
        long locations = exploration.Seeds.Sum(seed => seed.Locations), shortening = exploration.Bugs.Sum(bug => bug.ShorteningRuns);
        page.Label("Engine").Line($"{Name(result.Options.Engine)}{(result.Options.Workers > 1 ? $", {result.Options.Workers} processes" : "")}, strategy {Name(exploration.Options.Strategy)}");
        page.Label("Bugs").Line(exploration.FirstBugRun is { } first
            ? $"{SimWords.Number(exploration.Bugs.Count)}, the first in timeline {SimWords.Number(first)}; {SimWords.Count(exploration.Seeds.Sum(seed => seed.BugRuns), "timeline")} showed one"
            : "none");
        page.Label("Searched").Line($"{SimWords.Count(exploration.Runs - locations, "timeline")}, {SimWords.Count(locations, "run")} more to find where an edge was taken");
        if (shortening > 0)
        {
            page.Label("Shortening").Line($"{SimWords.Count(shortening, "run")}, not counted above");
        }

        page.Label("States").Line(SimWords.Number(exploration.History.StateCount));
        page.Label("Draws").Line(SimWords.Number(exploration.Seeds.Sum(seed => seed.Draws)));
        if (exploration.Seeds.Any(seed => seed.EnergyLeft is not null))
        {
            page.Label("Energy left").Line($"{SimWords.Number(exploration.Seeds.Sum(seed => seed.EnergyLeft ?? 0))}, pool {SimWords.Number(exploration.Seeds.Sum(seed => seed.PoolLeft ?? 0))}");
        }

        AddCoverage(page, exploration);
        page.EndLine();
    }

    private static void AddCoverage(ReportPage page, ExplorationReport exploration)
    {
        int all = exploration.History.EdgeCount, covered = exploration.History.CoveredEdgeCount, masked = exploration.History.MaskedEdgeCount;
        page.Label("Coverage");
        if (all == 0)
        {
            page.Line("no edges: nothing is counted");
            return;
        }

        (string bar, Style style) = SimWords.Bar(covered, all);
        page.Add(bar, style).Line($"  {SimWords.Number(covered)} of {SimWords.Count(all, "edge")}{(masked > 0 ? $"; {SimWords.Number(masked)} left out of the search, since equal runs differ there" : "")}");
    }

    private static void AddSeeds(ReportPage page, ExplorationReport exploration)
    {
        page.Heading($"Seeds ({SimWords.Number(exploration.Seeds.Count)})");
        string[] heads = ["seed", "timelines", "located", "draws", "states", "new", "first bug", "with a bug", "time", "fingerprint"];
        List<string[]> rows = [heads];
        foreach (SeedReport seed in exploration.Seeds)
        {
            rows.Add(
            [
                seed.Seed.ToString(CultureInfo.InvariantCulture), SimWords.Number(seed.Runs), SimWords.Number(seed.Locations), SimWords.Number(seed.Draws), SimWords.Number(seed.States),
                SimWords.Number(seed.New), seed.FirstBugRun is { } first ? SimWords.Number(first) : "-", SimWords.Number(seed.BugRuns), SimWords.Time(seed.Elapsed),
                seed.Fingerprint.ToString("x16", CultureInfo.InvariantCulture),
            ]);
        }

        page.Columns(rows, true, true, true, true, true, true, true, true, true, false);
        page.EndLine();
    }

    /// <summary>An engine or a strategy as the command line names it.</summary>
    internal static string Name(Enum choice) => choice.ToString().ToLowerInvariant();
}
