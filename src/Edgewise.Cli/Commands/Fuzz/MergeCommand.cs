using System.CommandLine;
using Edgewise.Cli.Rendering;
using Edgewise.Cli.Rendering.Fuzz;
using Edgewise.Corpus.Merging;
using Edgewise.Fuzzing.Running;
using Edgewise.Fuzzing.Tools;

namespace Edgewise.Cli.Commands.Fuzz;

/// <summary><c>edgewise merge</c>: adds to a corpus what it lacks of others.</summary>
internal static class MergeCommand
{
    /// <summary>Name of the command.</summary>
    public const string Name = "merge";

    /// <summary>Examples for the end of its help.</summary>
    public const string Example = """
          # what the inputs of two folders cover beyond a corpus
          edgewise merge bin/MyTargets.dll corpus night-1 night-2

          # in a way that goes on where it was interrupted
          edgewise merge bin/MyTargets.dll corpus downloads --control-file merge.txt
        """;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var switches = new TargetSwitches();
        Argument<string> corpus = new("OUT") { Description = "The corpus that is added to; made if it is not there." };
        Argument<string[]> inputs = new("IN") { Description = "Folders with inputs, or inputs.", Arity = ArgumentArity.OneOrMore };
        Option<bool> setCover = new("--set-cover") { Description = "Take the input with the most new features first, as -set_cover_merge=1, and not the smallest." };
        Option<string?> control = new("--control-file") { Description = "Keep the record of the merge, and go on with it where there is one.", HelpName = "FILE" };
        Command command = new(Name, "Add to a corpus the inputs of others that cover what it does not; inputs that end the process are left out.") { corpus, inputs, setCover, control };
        switches.AddTo(command);
        command.SetAction(result =>
        {
            var report = new CommandReport(result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
            FuzzSettings? settings = switches.Read(result, report);
            return settings is null
                ? CommandReport.Failure
                : Execute(
                    report, settings, result.GetValue(corpus)!, result.GetValue(inputs)!, result.GetValue(setCover) ? MergeMode.SetCover : MergeMode.Greedy,
                    result.GetValue(control), switches.JsonFile(result));
        });
        return command;
    }

    /// <summary>Merges, and tells of it in libFuzzer's words.</summary>
    public static int Execute(CommandReport report, FuzzSettings settings, string folder, IReadOnlyList<string> inputs, MergeMode mode, string? controlPath, string? jsonFile) =>
        ToolErrors.Tell(report, token =>
        {
            var log = new MergeText(report.ErrorOutput);
            var tool = new CorpusAddition(settings, WorkerStart.FromThisProgram) { Heard = log.Hear, Said = text => report.ErrorOutput.WriteLine(TerminalText.Plain(text)) };
            CorpusAdditionResult addition = tool.Run(folder, inputs, mode, controlPath, token);
            JsonOutput.Write(jsonFile, report, json => MergeJson.Write(json, addition, folder));
            return 0;
        });
}
