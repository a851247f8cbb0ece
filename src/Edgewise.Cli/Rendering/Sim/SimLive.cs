using Spectre.Console;

namespace Edgewise.Cli.Rendering.Sim;

/// <summary>What a search shows while it goes on. Pure: the same figures give the same page.</summary>
internal static class SimLive
{
    /// <summary>Lines for a terminal, which are painted over.</summary>
    public static ReportPage Render(in LiveFigures figures)
    {
        var page = new ReportPage();
        page.Add("  ").Add(figures.Simulation, ReportPage.Strong).Line($"  {Seed(figures)}, {SimWords.Time(figures.Elapsed)}");
        // Once recipes are made shorter, time goes on and timelines do not.
        string rate = figures.ShorteningRuns is { } runs ? $"shortening: {SimWords.Count(runs, "run")}" : SimWords.Rate(figures.Runs, figures.Elapsed);
        page.Label("Timelines").Line($"{SimWords.Number(figures.Runs)}, {rate}");
        page.Label("Bugs").Line(figures.Bugs == 0 ? "none" : $"{SimWords.Number(figures.Bugs)}: {figures.LastBug}", figures.Bugs == 0 ? null : ReportPage.Bad);
        page.Label(figures.EnergyLeft is null ? "Frontier" : "Energy").Line(Strategy(figures));
        AddBar(page, "Root seed", figures.SeedRuns, figures.MostSeedRuns, "timelines at most");
        if (figures.States > 0)
        {
            AddBar(page, "States", figures.SpentStates, figures.States, "states are spent");
        }

        if (figures.Edges > 0)
        {
            AddBar(page, "Coverage", figures.CoveredEdges, figures.Edges, "edges");
        }

        return page;
    }

    /// <summary>The same in one line, for a file.</summary>
    public static string Line(in LiveFigures figures)
    {
        string bugs = figures.Bugs == 0 ? "no bug" : SimWords.Count(figures.Bugs, "bug");
        string edges = figures.Edges > 0 ? $", {SimWords.Number(figures.CoveredEdges)} of {SimWords.Number(figures.Edges)} edges" : "";
        string rate = figures.ShorteningRuns is { } runs ? $"shortening: {SimWords.Count(runs, "run")}" : SimWords.Rate(figures.Runs, figures.Elapsed);
        return $"{figures.Simulation}: {Seed(figures)}: {SimWords.Count(figures.Runs, "timeline")} ({rate}), {bugs}, {Strategy(figures)}{edges}";
    }

    private static string Seed(in LiveFigures figures) =>
        $"root seed {SimWords.Number(figures.Iteration + 1)}{(figures.Iterations is { } all ? $" of {SimWords.Number(all)}" : "")}";

    private static string Strategy(in LiveFigures figures) => figures.EnergyLeft is { } energy
        ? $"{SimWords.Number(energy)} left, pool {SimWords.Number(figures.PoolLeft ?? 0)}"
        : $"{SimWords.Count(figures.States, "state")}, depth {SimWords.Number(figures.Depth)}";

    private static void AddBar(ReportPage page, string label, long part, long whole, string what)
    {
        (string bar, Style style) = SimWords.Bar(part, whole);
        page.Label(label).Add(bar, style).Line($"  {SimWords.Number(part)} of {SimWords.Number(whole)} {what}");
    }
}
