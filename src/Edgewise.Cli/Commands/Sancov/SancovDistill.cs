using System.CommandLine;
using System.Globalization;
using Edgewise.Cli.Rendering;
using Edgewise.Sancov.Distill;

namespace Edgewise.Cli.Commands.Sancov;

/// <summary><c>edgewise sancov distill</c>: a few runs with the coverage of all.</summary>
internal static class SancovDistill
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Argument<string[]> files = LegacyActions.Files(".sancov, .bitset-sancov or .counters-sancov files, of one kind; those of one process are one run.");
        Option<string?> json = LegacyActions.Json();
        Command command = new("distill", "Print the files of a few runs that cover what all of them cover.") { files, json };
        command.SetAction(result => LegacyActions.Run(result, json, report =>
        {
            Distillation distillation = Distillation.Of(RunReader.Read(result.GetValue(files)!));
            report.Note(string.Create(
                CultureInfo.InvariantCulture, $"{distillation.Kept.Count} of {distillation.RunCount} runs cover all {distillation.ElementCount} that were covered"));
            JsonOutput.Write(result.GetValue(json), report, writer => DistillRendering.Json(writer, distillation));
            return () => DistillRendering.Text(distillation);
        }));
        return command;
    }
}
