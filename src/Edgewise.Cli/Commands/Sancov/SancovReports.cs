using System.CommandLine;
using Edgewise.Cli.Commands.Report;

namespace Edgewise.Cli.Commands.Sancov;

/// <summary><c>edgewise sancov export</c> and <c>html-report</c>: what <c>edgewise report</c> does, under the names that people look for here.</summary>
internal static class SancovReports
{
    /// <summary>Name of the command that writes formats of other tools.</summary>
    public const string ExportName = "export";

    /// <summary>Name of the command that writes pages.</summary>
    public const string PagesName = "html-report";

    /// <summary>For the end of the help of <see cref="ExportName"/>.</summary>
    public const string ExportExample = "  edgewise sancov export --format lcov -o app.info app app.4711.sancov && genhtml app.info -o pages";

    /// <summary>For the end of the help of <see cref="PagesName"/>.</summary>
    public const string PagesExample = "  edgewise sancov html-report app app.4711.sancov -o report";

    /// <summary>The command that writes formats of other tools.</summary>
    public static Command CreateExport()
    {
        ReportSwitches switches = new();
        Option<string> format = new("--format") { Description = "lcov, cobertura or json.", HelpName = "FORMAT", DefaultValueFactory = static _ => "lcov" };
        format.AcceptOnlyFromAmong("lcov", "cobertura", "json");
        Option<string?> output = new("--output", "-o") { Description = "File to write. [default: standard output]", HelpName = "FILE" };
        Command command = new(ExportName, "Write what ran, by line, in a format of other tools.") { format, output };
        switches.AddTo(command);
        command.SetAction(result => ReportCommand.Run(
            switches.Read(result), Enum.Parse<ReportFormat>(result.GetValue(format)!, ignoreCase: true), result.GetValue(output), json: null, ReportOf(result)));
        return command;
    }

    /// <summary>The command that writes pages.</summary>
    public static Command CreatePages()
    {
        ReportSwitches switches = new();
        Option<string?> output = new("--output", "-o") { Description = "Folder of the pages, which an earlier report may be in.", HelpName = "DIR" };
        Option<string?> json = LegacyActions.Json();
        Command command = new(PagesName, "Write pages to read, by file, function and line.") { output, json };
        switches.AddTo(command);
        command.SetAction(result => ReportCommand.Run(switches.Read(result), ReportFormat.Html, result.GetValue(output), result.GetValue(json), ReportOf(result)));
        return command;
    }

    private static CommandReport ReportOf(ParseResult result) => new(result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
}
