using System.Globalization;
using System.Text;
using Edgewise.Exploration.Bugs;
using Edgewise.Simulation.Running;

namespace Edgewise.Simulation;

/// <summary>An exploration found what it should not, or did not find what it should.</summary>
public sealed class SimulationFailedException : Exception
{
    /// <summary>Makes the exception of a report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="assembly">Path of the simulation's assembly, for the command that replays a bug.</param>
    public SimulationFailedException(SimulationReport report, string assembly) : base(MessageOf(report, assembly)) => Report = report;

    /// <summary>The report.</summary>
    public SimulationReport Report { get; }

    private static string MessageOf(SimulationReport report, string assembly)
    {
        ArgumentNullException.ThrowIfNull(report);
        string name = report.Simulation.Name;
        if (report.Exploration.Nondeterminism is { } difference)
        {
            return $"simulation '{name}' is not deterministic {difference}";
        }

        Bug[] bugs = [.. report.Exploration.Bugs.Where(bug => !report.IsExpected(bug))];
        if (bugs.Length == 0)
        {
            return report.Exploration.Bugs.FirstOrDefault(bug => bug.Verification is not null) is { } unverified
                ? $"simulation '{name}': {unverified.Signature}: {unverified.Verification}"
                : $"simulation '{name}': the bug '{report.Simulation.ExpectedBug}' that it plants was not found in {report.Exploration.Runs} runs";
        }

        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"simulation '{name}': {bugs.Length} {(bugs.Length == 1 ? "bug" : "bugs")} in {report.Exploration.Runs} runs");
        foreach (Bug bug in bugs)
        {
            text.AppendLine().AppendLine().AppendLine(bug.Signature);
            if (bug.Message != bug.Signature)
            {
                text.AppendLine(bug.Message);
            }

            if (bug.Verification is not null)
            {
                text.AppendLine(bug.Verification);
            }

            text.AppendLine(CultureInfo.InvariantCulture, $"  seed    {bug.Best.RootSeed}");
            text.AppendLine(CultureInfo.InvariantCulture, $"  recipe  {(bug.Best.Recipe.Length == 0 ? "(none)" : bug.Best.Recipe)}");
            text.Append(CultureInfo.InvariantCulture, $"  replay  {ReplayCommand.Of(name, bug.Best, assembly)}");
        }

        return text.ToString();
    }
}
