using System.CommandLine;

namespace Edgewise.Cli.Commands.Sancov;

/// <summary><c>edgewise sancov</c>: reads <c>.sancov</c> files of .NET modules and native binaries.</summary>
internal static class SancovCommand
{
    /// <summary>Name of the command.</summary>
    public const string Name = "sancov";

    /// <summary>The command with its actions.</summary>
    public static Command Create()
    {
        Command command = new(Name, "Read .sancov files and those of 2016: which PCs, edges and functions of a module ran.")
        {
            Action("print", "Print the PCs that were hit, united and sorted.", SancovAction.Print),
            Action("print-coverage-pcs", "Print the PCs of all points.", SancovAction.PrintCoveragePcs),
            Action("stats", "Print how many edges and functions there are, and how many of them ran.", SancovAction.Stats),
            Action("covered-functions", "Print the functions that ran.", SancovAction.CoveredFunctions),
            Action("not-covered-functions", "Print the functions that did not run.", SancovAction.NotCoveredFunctions),
            Action("symbolize", "Write a .symcov: points by source, function and line, and which of them ran.", SancovAction.Symbolize),
            SancovMerge.Create(),
            SancovMissing.Create(),
            SancovDistill.Create(),
            SancovReports.CreateExport(),
            SancovReports.CreatePages(),
            SancovRuntime.Create(),
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
        Argument<string[]> files = LegacyActions.Files(
            "Modules (.NET images, original or instrumented, or native binaries), their .sancov files, .symcov files and, where they are not beside .sancov files, .points files; "
            + "told apart by what they hold.");
        Option<string?> json = LegacyActions.Json();
        Option<bool> includeExcluded = new("--include-excluded") { Description = "Count what [ExcludeFromCodeCoverage] takes out of the total." };
        SancovNativeSwitches native = new();
        Command command = new(name, description) { files };
        if (action != SancovAction.Symbolize)
        {
            command.Options.Add(json);
        }

        Option<string?> output = new("--output", "-o") { Description = "File to write. [default: standard output]", HelpName = "FILE" };
        if (action == SancovAction.Symbolize)
        {
            command.Options.Add(output);
        }

        if (action is not (SancovAction.Print or SancovAction.PrintCoveragePcs))
        {
            command.Options.Add(includeExcluded);
            native.AddTo(command);
        }

        command.SetAction(result => LegacyActions.Run(result, json, report =>
        {
            SancovRequest request = new(action, result.GetValue(files) ?? [], action == SancovAction.Symbolize ? null : result.GetValue(json), result.GetValue(output))
            {
                IncludeExcluded = action > SancovAction.PrintCoveragePcs && result.GetValue(includeExcluded),
                Native = action > SancovAction.PrintCoveragePcs ? native.Read(result) : new(),
            };
            request.Execute(report);
            return static () => "";
        }));
        return command;
    }
}
