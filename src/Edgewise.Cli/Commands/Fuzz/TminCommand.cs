using System.CommandLine;
using Edgewise.Cli.Rendering.Fuzz;
using Edgewise.Corpus.Inputs;
using Edgewise.Fuzzing.Running;
using Edgewise.Fuzzing.Tools;
using Edgewise.Runtime.Formats;

namespace Edgewise.Cli.Commands.Fuzz;

/// <summary><c>edgewise tmin</c>: the shortest input that shows the same.</summary>
internal static class TminCommand
{
    /// <summary>Name of the command.</summary>
    public const string Name = "tmin";

    /// <summary>Examples for the end of its help.</summary>
    public const string Example = """
          # the shortest input that makes the target fail in the same way
          edgewise tmin bin/MyTargets.dll crash-86f7e437faa5a7fce15d1ddcb9eaeaea377667b8 -o small

          # of an input that does not fail, the shortest that takes the same edges as often
          edgewise tmin bin/MyLibrary.dll sample.json -o small --method MyLibrary.Parser.Parse
        """;

    private const int UsualRuns = 100_000;
    private const int UsualSeconds = 60;
    private const int LargestInput = 1 << 26;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var switches = new TargetSwitches();
        Argument<string> input = new("INPUT") { Description = "A file." };
        Option<string> output = new("--output", "-o") { Description = "Where the result goes.", HelpName = "FILE", Required = true };
        Option<int> runs = new("--runs") { Description = "Runs of the target at most.", HelpName = "N", DefaultValueFactory = _ => UsualRuns };
        Option<int> seconds = new("--seconds") { Description = "Seconds at most.", HelpName = "N", DefaultValueFactory = _ => UsualSeconds };
        Command command = new(Name, "Make an input as short and plain as it gets: what it shows stays, or, where the target returns, the edges that it takes.") { input, output, runs, seconds };
        switches.AddTo(command);
        command.SetAction(result =>
        {
            var report = new CommandReport(result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
            if (result.GetValue(runs) < 1 || result.GetValue(seconds) < 1)
            {
                report.Error("--runs and --seconds: expected 1 or more");
            }

            FuzzSettings? settings = switches.Read(result, report);
            var limits = new ReductionLimits(result.GetValue(runs), TimeSpan.FromSeconds(result.GetValue(seconds)));
            return settings is null || report.ErrorCount > 0
                ? CommandReport.Failure
                : ToolErrors.Tell(report, token => Execute(report, settings, result.GetValue(input)!, result.GetValue(output)!, limits, switches.JsonFile(result), token));
        });
        return command;
    }

    private static int Execute(CommandReport report, FuzzSettings settings, string path, string output, ReductionLimits limits, string? jsonFile, CancellationToken cancellation)
    {
        if (!File.Exists(path))
        {
            report.Error($"{path}: not found; expected an input");
            return CommandReport.Failure;
        }

        if (InputFolder.Read(new InputFile(path, new FileInfo(path).Length), LargestInput, out SkippedInput? skipped) is not { } input)
        {
            report.Error($"{skipped!.Value.Path}: {skipped.Value.Reason}");
            return CommandReport.Failure;
        }

        using var probe = new TargetProbe(settings, WorkerStart.FromThisProgram, input.Length);
        ReductionResult reduction = new InputReduction(probe, limits).Run(input, cancellation);
        if (reduction.IsFlaky)
        {
            report.Error(ReductionText.Flaky(path, reduction));
            return CommandReport.Failure;
        }

        AtomicFile.Write(output, reduction.Smallest);
        if (!JsonOutput.ReplacesText(jsonFile))
        {
            foreach (string line in ReductionText.Lines(path, output, reduction))
            {
                report.Output.WriteLine(line);
            }
        }

        JsonOutput.Write(jsonFile, report, json => ReductionJson.Write(json, path, output, reduction));
        return 0;
    }
}
