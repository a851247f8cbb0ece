using System.CommandLine;
using Edgewise.Cli.Rendering.Fuzz;
using Edgewise.Corpus;
using Edgewise.Fuzzing.Running;
using Edgewise.Fuzzing.Tools;

namespace Edgewise.Cli.Commands.Fuzz;

/// <summary><c>edgewise cmin</c>: few and small inputs that cover what all of them cover.</summary>
internal static class CminCommand
{
    /// <summary>Name of the command.</summary>
    public const string Name = "cmin";

    /// <summary>Examples for the end of its help.</summary>
    public const string Example = """
          # a corpus without what others in it make needless
          edgewise cmin bin/MyTargets.dll corpus -o small

          # of samples from several places
          edgewise cmin bin/MyTargets.dll samples downloads -o corpus --json -
        """;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var switches = new TargetSwitches();
        Argument<string[]> inputs = new("IN") { Description = "Folders with inputs, or inputs.", Arity = ArgumentArity.OneOrMore };
        Option<string> output = new("--output", "-o") { Description = "Folder for the result: a new one, or an empty one.", HelpName = "FOLDER", Required = true };
        Command command = new(Name, "Choose few and cheap inputs that take every edge as often as all of them do, by hit-count class.") { inputs, output };
        switches.AddTo(command);
        command.SetAction(result =>
        {
            var report = new CommandReport(result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
            string folder = result.GetValue(output)!;
            if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            {
                report.Error($"{folder}: is not empty; expected a new folder for the result, or an empty one");
            }

            FuzzSettings? settings = switches.Read(result, report);
            return settings is null || report.ErrorCount > 0
                ? CommandReport.Failure
                : ToolErrors.Tell(report, token => Execute(report, settings, result.GetValue(inputs)!, folder, switches.JsonFile(result), token));
        });
        return command;
    }

    private static int Execute(CommandReport report, FuzzSettings settings, string[] inputs, string folder, string? jsonFile, CancellationToken cancellation)
    {
        var tool = new CorpusReduction(settings, WorkerStart.FromThisProgram) { Heard = message => MergeText.Tell(report, message) };
        CorpusReductionResult reduction = tool.Run(inputs, cancellation);
        using (var corpus = CorpusFolder.Open(folder))
        {
            reduction.WriteTo(corpus);
        }

        if (!JsonOutput.ReplacesText(jsonFile))
        {
            report.Output.WriteLine(MergeText.Reduced(reduction, folder));
        }

        JsonOutput.Write(jsonFile, report, json => MergeJson.Write(json, reduction, folder));
        return 0;
    }
}
