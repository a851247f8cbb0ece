using Edgewise.Cli.Commands.Sim;
using Edgewise.Exploration;
using Edgewise.Exploration.Bugs;
using Edgewise.Exploration.Recipes;

namespace Edgewise.Cli.Rendering.Sim;

/// <summary>The bugs of a report, each with its recipe and the command that replays it.</summary>
internal static class SimBugSection
{
    private const string BottomFrame = "at Edgewise.Simulation.SimulationTarget.";
    private const int MostMessageLines = 14;

    /// <summary>Adds the section; nothing where there is no bug.</summary>
    public static void Add(ReportPage page, SimulationResult result)
    {
        IReadOnlyList<Bug> bugs = result.Report.Exploration.Bugs;
        if (bugs.Count == 0)
        {
            return;
        }

        page.Heading($"Bugs ({SimWords.Number(bugs.Count)})");
        foreach (Bug bug in bugs)
        {
            Add(page, result, bug);
            page.EndLine();
        }
    }

    private static void Add(ReportPage page, SimulationResult result, Bug bug)
    {
        bool isExpected = result.Report.IsExpected(bug);
        page.Add("  ").Add(isExpected ? "✓ " : "✗ ", isExpected ? ReportPage.Good : ReportPage.Bad)
            .Add(SimWords.Of(bug.Kind), ReportPage.Strong).Add("  ").Add(bug.Signature).Add(isExpected ? "  (expected)" : "", ReportPage.Faint).EndLine();
        AddMessage(page, bug);
        page.Label("  seen").Line($"first in timeline {SimWords.Number(bug.FirstRun)}, {SimWords.Count(bug.Count, "time")} in all");
        page.Label("  seed").Line($"{bug.Best.RootSeed}");
        page.Label("  recipe").Line(RecipeOf(bug));
        if (bug.Timelines.Count > 1)
        {
            page.Label("").Line($"the shortest of {bug.Timelines.Count} that are kept", ReportPage.Faint);
        }

        page.Label("  verified").Line(VerificationOf(result, bug), bug.Verification is null ? null : ReportPage.Bad);
        page.Label("  replay").Line(result.ReplayOf(bug), ReportPage.Strong);
    }

    private static void AddMessage(ReportPage page, Bug bug)
    {
        string[] lines = [.. MessageLines(bug.Message).Where(line => line.Length > 0 && !bug.Signature.EndsWith(line, StringComparison.Ordinal))];
        foreach (string line in lines.Take(MostMessageLines))
        {
            page.Line($"      {line}");
        }

        if (lines.Length > MostMessageLines)
        {
            page.Line($"      … and {SimWords.Count(lines.Length - MostMessageLines, "line")} more; --json has all", ReportPage.Faint);
        }
    }

    /// <summary>A message without the frames of edgewise that every run stands on.</summary>
    internal static IEnumerable<string> MessageLines(string message) =>
        message.Split('\n').Select(line => line.TrimEnd('\r')).TakeWhile(line => !line.Contains(BottomFrame, StringComparison.Ordinal));

    private static string RecipeOf(Bug bug)
    {
        Recipe recipe = bug.Best.Recipe;
        int before = bug.Timelines.Min(timeline => timeline.Recipe.Length);
        string steps = SimWords.Count(recipe.Length, "step");
        return recipe.Length == 0 ? $"none: the root timeline shows it{(before > 0 ? $" ({SimWords.Count(before, "step")} before shortening)" : "")}"
            : bug.Shortened.Count == 0 ? $"{recipe}  ({steps}, not shortened)"
            : $"{recipe}  ({steps}, {SimWords.Number(before)} before shortening)";
    }

    private static string VerificationOf(SimulationResult result, Bug bug) =>
        bug.Verification ?? (!result.Options.Verify ? "no: --no-verify"
            : bug.Kind == BugKind.Timeout ? "no: how long a run takes is no matter of the timeline"
            : "a replay in another process showed it too");
}
