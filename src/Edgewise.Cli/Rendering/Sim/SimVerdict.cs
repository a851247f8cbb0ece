using Edgewise.Exploration.Bugs;
using Edgewise.Simulation.Running;
using Spectre.Console;

namespace Edgewise.Cli.Rendering.Sim;

/// <summary>Whether a simulation passed, and why, in a sentence.</summary>
internal static class SimVerdict
{
    /// <summary>The sign, the sentence, and the colour of both.</summary>
    public static (string Icon, string Text, Style Style) Of(SimulationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return report.HasPassed ? ("✓", $"passed: {WhyPassed(report)}", ReportPage.Good) : ("✗", $"failed: {WhyFailed(report)}", ReportPage.Bad);
    }

    private static string WhyPassed(SimulationReport report) => report.Simulation.ExpectedBug is null
        ? $"no bug in {SimWords.Count(report.Exploration.Runs, "timeline")}"
        : $"the bug that it plants was found in timeline {SimWords.Number(report.Exploration.FirstBugRun ?? 0)}";

    private static string WhyFailed(SimulationReport report)
    {
        Bug[] bugs = [.. report.Exploration.Bugs.Where(bug => !report.IsExpected(bug))];
        return report.Exploration.Nondeterminism is not null ? "it is not deterministic"
            : report.Exploration.Bugs.Any(bug => bug.Verification is not null) ? "a bug does not show again in another process, so it is not deterministic"
            : bugs.Length > 0 ? $"{SimWords.Count(bugs.Length, "bug")} in {SimWords.Count(report.Exploration.Runs, "timeline")}"
            : $"the bug that it plants, '{report.Simulation.ExpectedBug}', was not found in {SimWords.Count(report.Exploration.Runs, "timeline")}";
    }
}
