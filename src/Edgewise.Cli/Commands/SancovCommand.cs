using System.CommandLine;
using Edgewise.Runtime.Formats;
using Edgewise.Sancov;
using Edgewise.Symbols;

namespace Edgewise.Cli.Commands;

/// <summary><c>edgewise sancov</c>: reads <c>.sancov</c> files of .NET modules.</summary>
internal static class SancovCommand
{
    /// <summary>The command with its actions.</summary>
    public static Command Create()
    {
        Command command = new("sancov", "Read .sancov files and those of 2016: which PCs, edges and functions of a module ran.")
        {
            Action("print", "Print the PCs that were hit, united and sorted.", SancovAction.Print),
            Action("stats", "Print how many edges and functions there are, and how many of them ran.", SancovAction.Stats),
            Action("covered-functions", "Print the functions that ran.", SancovAction.CoveredFunctions),
            Action("not-covered-functions", "Print the functions that did not run.", SancovAction.NotCoveredFunctions),
        };
        foreach (Command legacy in LegacyActions.Create())
        {
            command.Subcommands.Add(legacy);
        }

        command.Subcommands.Add(ComparesAction.Create());
        return command;
    }

    private static Command Action(string name, string description, SancovAction action)
    {
        Argument<string[]> files = new("FILES")
        {
            Description = "Modules (original or instrumented), their .sancov files and, where they are not beside those, .points files; told apart by what they hold.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string?> json = new("--json") { Description = "Write JSON to a file, or with '-' to standard output instead of text.", HelpName = "FILE" };
        Option<bool> includeExcluded = new("--include-excluded") { Description = "Count what [ExcludeFromCodeCoverage] takes out of the total." };
        Command command = new(name, description) { files, json, includeExcluded };
        command.SetAction(result =>
        {
            CommandReport report = new(result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
            SancovRequest request = new(action, result.GetValue(files) ?? [], result.GetValue(json), result.GetValue(includeExcluded));
            return Run(request, report);
        });
        return command;
    }

    private static int Run(SancovRequest request, CommandReport report)
    {
        try
        {
            request.Execute(report);
            return 0;
        }
        catch (Exception e) when (e is SancovException or SymbolsException or CoverageFormatException)
        {
            report.Error(e.Message);
            return CommandReport.Failure;
        }
    }
}
