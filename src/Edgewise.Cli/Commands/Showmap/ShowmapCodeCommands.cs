using System.CommandLine;
using Edgewise.Cli.Rendering.Showmap;
using Edgewise.Hosting;
using Edgewise.Hosting.Folders;
using Edgewise.Hosting.Images;
using Edgewise.Showmap;
using Edgewise.Showmap.Code;
using Edgewise.Symbols.Symbolizer;

namespace Edgewise.Cli.Commands.Showmap;

/// <summary>Subcommands of <c>edgewise showmap</c> that tell where points stand in the source.</summary>
internal static class ShowmapCodeCommands
{
    /// <summary>Name of the one that lists points.</summary>
    public const string SymbolizeName = "symbolize";

    /// <summary>Name of the one that compares two trials.</summary>
    public const string DiffName = "diff";

    /// <summary>For the end of its help.</summary>
    public const string SymbolizeExample = "  edgewise showmap symbolize campaign/nightly__MyTargets__parse/1.txt";

    /// <summary>For the end of its help.</summary>
    public const string DiffExample = "  edgewise showmap diff campaign/nightly__MyTargets__parse/1.txt campaign/weekly__MyTargets__parse/1.txt";

    /// <summary><c>showmap symbolize</c>: the method, file and line of each point.</summary>
    public static Command Symbolize()
    {
        Argument<string> file = new("FILE") { Description = "A showmap file." };
        Option<string?> manifest = Manifest(), symbolizer = Symbolizer(), json = Json();
        Command command = new(SymbolizeName, "Name the method, file and line of each point of a showmap file.") { file, manifest, symbolizer, json };
        command.SetAction(result => Tell(result, result.GetValue(json), result.GetValue(symbolizer), (report, locator) =>
        {
            var trial = Trial.Read(result.GetValue(file)!, result.GetValue(manifest));
            IReadOnlyList<PointPlace> places = locator.Locate(trial);
            if (!JsonOutput.ReplacesText(result.GetValue(json)))
            {
                CodeText.Symbolized(report.Output, trial, places);
            }

            JsonOutput.Write(result.GetValue(json), report, writer => CodeJson.Symbolized(writer, trial, places));
        }));
        return command;
    }

    /// <summary><c>showmap diff</c>: what one trial hit and the other did not.</summary>
    public static Command Diff()
    {
        Argument<string> first = new("A") { Description = "A showmap file." }, second = new("B") { Description = "Another one, of the same build." };
        Option<string?> symbolizer = Symbolizer(), json = Json();
        Command command = new(DiffName, "List by source line what one trial has and the other lacks.") { first, second, symbolizer, json };
        command.SetAction(result => Tell(result, result.GetValue(json), result.GetValue(symbolizer), (report, locator) =>
        {
            Trial one = Trial.Read(result.GetValue(first)!, null), other = Trial.Read(result.GetValue(second)!, null);
            TrialDifference.CheckSameBuilds(one, other);
            IReadOnlyList<TrialDifference> differences = TrialDifference.Find(one, locator.Locate(one), other, locator.Locate(other));
            if (!JsonOutput.ReplacesText(result.GetValue(json)))
            {
                CodeText.Differences(report.Output, one, other, differences);
            }

            JsonOutput.Write(result.GetValue(json), report, writer => CodeJson.Differences(writer, one, other, differences));
        }));
        return command;
    }

    /// <summary><c>--symbolizer</c>.</summary>
    internal static Option<string?> Symbolizer() => new("--symbolizer") { Description = "Program that names native addresses. [default: llvm-symbolizer]", HelpName = "PROGRAM" };

    /// <summary><c>--manifest</c>.</summary>
    internal static Option<string?> Manifest() => new("--manifest") { Description = "The manifest of the trial. [default: the one in CAMPAIGN.manifests]", HelpName = "FILE" };

    /// <summary>Does something with trials, and tells what went wrong.</summary>
    internal static int Tell(ParseResult result, string? json, string? symbolizer, Action<CommandReport, CodeLocator> act)
    {
        var report = new CommandReport(result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
        JsonOutput.Check(json, report);
        if (report.ErrorCount > 0)
        {
            return CommandReport.Failure;
        }

        try
        {
            using CacheFolder folder = CacheFolder.Open(report.Note);
            var locator = new CodeLocator(new ImageCache(folder), new SymbolizerOptions { Program = symbolizer });
            act(report, locator);
            foreach (string warning in locator.Warnings.Distinct())
            {
                report.Note(warning);
            }
        }
        catch (Exception failure) when (failure is ShowmapException or HostingException or IOException or UnauthorizedAccessException)
        {
            report.Error(failure.Message);
        }

        return report.ErrorCount > 0 ? CommandReport.Failure : 0;
    }

    private static Option<string?> Json() => new("--json") { Description = "Write the result as JSON to a file, or with '-' to standard output.", HelpName = "FILE" };
}
