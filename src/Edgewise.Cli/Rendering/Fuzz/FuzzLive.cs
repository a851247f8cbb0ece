using System.Globalization;
using Edgewise.Cli.Rendering.Sim;
using Edgewise.Fuzzing.Running;
using Spectre.Console;

namespace Edgewise.Cli.Rendering.Fuzz;

/// <summary>What a campaign shows while it goes on. Pure: the same figures give the same page.</summary>
internal static class FuzzLive
{
    private const int MostStages = 6;

    /// <summary>Lines for a terminal, which are painted over.</summary>
    public static ReportPage Render(FuzzFigures figures)
    {
        CampaignStatus status = figures.Status;
        var page = new ReportPage();
        page.Add("  ").Add(TerminalText.Plain(figures.Target), ReportPage.Strong).Line($"  {SimWords.Time(figures.Elapsed)}, {figures.Memory >> 20} MiB");
        page.Label("Executions").Line($"{SimWords.Number(status.Executions)}, {SimWords.Number(figures.Rate)}/s, {Share(status.CompareExecutions, status.Executions)} for compares, {Mean(status.MeanLength)} bytes each");
        (string bar, Style style) = SimWords.Bar(status.Covered, status.Points);
        page.Label("Edges").Add(bar, style).Line($"  {SimWords.Number(status.Covered)} of {SimWords.Number(status.Points)}{Unstable(status.Unstable)}, the last {SimWords.Time(figures.SinceLastEdge)} ago");
        page.Label("Corpus").Line($"{SimWords.Number(status.Entries)} {(status.Entries == 1 ? "entry" : "entries")}, {SimWords.Number(status.EntryBytes)} bytes, {SimWords.Number(status.Features)} features, the last at execution {SimWords.Number(status.LastNews)}");
        page.Label("Findings").Line(figures.Findings == 0 ? "none" : $"{SimWords.Number(figures.Findings)}: {TerminalText.Plain(figures.LastFinding)}", figures.Findings == 0 ? null : ReportPage.Bad);
        page.Label("Rejected").Line($"{Share(status.Rejections, status.Executions)} of the inputs");
        page.Label("Yields").Line(Yields(figures.Stages));
        return page;
    }

    private static string Yields(IReadOnlyList<StageYield> stages)
    {
        StageYield[] best = [.. stages.Where(stage => stage.Yields > 0).OrderByDescending(stage => stage.Yields).ThenBy(stage => stage.Name, StringComparer.Ordinal).Take(MostStages)];
        return best.Length == 0 ? "none yet" : string.Join("  ", best.Select(stage => stage.Uses == 0 ? $"{stage.Name} {SimWords.Number(stage.Yields)}" : $"{stage.Name} {SimWords.Number(stage.Yields)}/{SimWords.Number(stage.Uses)}"));
    }

    private static string Unstable(int points) => points == 0 ? "" : $" ({SimWords.Number(points)} unstable)";

    private static string Share(long part, long whole) => whole == 0 ? "0 %" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / whole:0.#} %");

    private static string Mean(double bytes) => bytes.ToString("0.#", CultureInfo.InvariantCulture);
}
