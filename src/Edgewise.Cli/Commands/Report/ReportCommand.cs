using System.CommandLine;
using Edgewise.Cli.Commands.Sancov;
using Edgewise.Cli.Rendering;
using Edgewise.Report;
using Edgewise.Report.Formats;
using Edgewise.Report.Html;
using Edgewise.Report.Inputs;
using Edgewise.Report.Model;
using Edgewise.Runtime.Formats;
using Edgewise.Sancov;
using Edgewise.Symbols;

namespace Edgewise.Cli.Commands.Report;

/// <summary><c>edgewise report</c>: writes what ran as pages, or in a format that other tools read.</summary>
internal static class ReportCommand
{
    /// <summary>Name of the command.</summary>
    public const string Name = "report";

    /// <summary>For the end of its help.</summary>
    public const string Example = """
          # pages of what 'edgewise run' left, and of a program built by clang
          edgewise report coverage -o report
          edgewise report app app.4711.sancov -o report --srcpath src
        """;

    private const string StandardOutput = "-";

    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        ReportSwitches switches = new();
        Option<string?> output = new("--output", "-o") { Description = "Folder of the pages, which an earlier report may be in; of the other formats a file. [default: standard output, but for html]", HelpName = "OUT" };
        Option<ReportFormat> format = new("--format") { Description = "html, lcov, cobertura or json.", HelpName = "FORMAT" };
        Option<string?> json = LegacyActions.Json();
        Command command = new(Name, "Write what ran, by file, function and line: pages to read, lcov, Cobertura or JSON.");
        switches.AddTo(command);
        foreach (Option option in (Option[])[output, format, json])
        {
            command.Options.Add(option);
        }

        command.Subcommands.Add(ReportServeCommand.Create());
        command.SetAction(result => Run(switches.Read(result), result.GetValue(format), result.GetValue(output), result.GetValue(json), new CommandReport(result.InvocationConfiguration.Output, result.InvocationConfiguration.Error)));
        return command;
    }

    /// <summary>Does it.</summary>
    /// <param name="request">What the report is made of.</param>
    /// <param name="format">What is written.</param>
    /// <param name="output">A folder for pages, else a file; null is standard output.</param>
    /// <param name="json">Where JSON goes besides; <c>-</c> is standard output, null is nowhere.</param>
    /// <param name="report">Receives text and errors.</param>
    /// <returns>The exit code.</returns>
    public static int Run(ReportRequest request, ReportFormat format, string? output, string? json, CommandReport report)
    {
        JsonOutput.Check(json, report);
        string? refusal = format != ReportFormat.Html ? null : output is null ? "--output: the folder of the pages is needed, for example -o report" : SiteFolder.Refusal(output);
        if (refusal is not null)
        {
            report.Error(refusal);
        }

        if (format != ReportFormat.Html && output is not (null or StandardOutput))
        {
            JsonOutput.Check(output, report, "--output");
        }

        if (report.ErrorCount > 0)
        {
            return CommandReport.Failure;
        }

        try
        {
            Write(request, format, output, json, report);
        }
        catch (Exception e) when (e is SancovException or SymbolsException or CoverageFormatException or ReportException or IOException or UnauthorizedAccessException)
        {
            report.Error(e.Message);
        }

        return report.ErrorCount == 0 ? 0 : CommandReport.Failure;
    }

    private static void Write(ReportRequest request, ReportFormat format, string? output, string? json, CommandReport report)
    {
        ErrorList errors = new(report);
        List<string> notes = [];
        LoadedCoverage? loaded = request.Load(request.Inputs, out ReportMaps maps, errors, notes);
        using (maps)
        using (loaded)
        {
            CoverageReport? before = request.Before(errors, notes);
            if (loaded is null || (before is null && request.Others.Count > 0))
            {
                return;
            }

            CoverageReport made = loaded.ToReport(request.Options(maps.Read()));
            notes.ForEach(report.Note);
            if (format == ReportFormat.Html)
            {
                ReportSite site = new(made, before, request.Sources(), request.Site(made, [.. errors, .. notes], isLive: false));
                SiteFolder.Write(site, output!);
            }
            else
            {
                WriteFile(made, format, output, report);
            }

            JsonOutput.Write(json, report, writer => JsonReportWriter.Write(made, writer));
            if (format == ReportFormat.Html && !JsonOutput.ReplacesText(json))
            {
                report.Output.Write(ReportText.Of(made, Path.Combine(output!, ReportSite.PageName)));
            }
        }
    }

    private static void WriteFile(CoverageReport made, ReportFormat format, string? output, CommandReport report)
    {
        if (format != ReportFormat.Json && made.FunctionsWithoutSource is > 0 and int count)
        {
            report.Note($"{count} functions have no debug information, and are left out: the format is of lines");
        }

        byte[] content = ReportFile(made, format);
        if (output is null or StandardOutput)
        {
            report.Output.Write(System.Text.Encoding.UTF8.GetString(content));
        }
        else
        {
            AtomicFile.Write(output, content);
        }
    }

    private static byte[] ReportFile(CoverageReport made, ReportFormat format)
    {
        using MemoryStream content = new();
        switch (format)
        {
            case ReportFormat.Lcov:
                using (StreamWriter text = new(content, leaveOpen: true))
                {
                    LcovWriter.Write(made, text);
                }

                break;
            case ReportFormat.Cobertura:
                CoberturaWriter.Write(made, content, DateTimeOffset.UtcNow);
                break;
            default:
                using (System.Text.Json.Utf8JsonWriter json = new(content))
                {
                    JsonReportWriter.Write(made, json);
                }

                content.WriteByte((byte)'\n');
                break;
        }

        return content.ToArray();
    }
}
