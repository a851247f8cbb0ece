using System.CommandLine;
using Edgewise.Cli.Rendering;
using Edgewise.Sancov.Compares;

namespace Edgewise.Cli.Commands.Sancov;

/// <summary><c>edgewise sancov compares</c>: what each traced site compared last, by source line.</summary>
internal static class ComparesAction
{
    /// <summary>Name of the command.</summary>
    public const string Name = "compares";

    /// <summary>For the end of its help.</summary>
    public const string Example = """
          # what the comparisons of a program saw last
          edgewise run --features inline-8bit-counters,trace-cmp app.dll
          edgewise sancov compares coverage/compares.4711.txt
        """;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Argument<string[]> files = LegacyActions.Files("compares.PID.txt files; and modules that are not where the run found them.");
        Option<string?> jsonFile = LegacyActions.Json();
        Command command = new(Name, "Print what each site of trace-cmp, trace-div and trace-gep compared last, by source line.") { files, jsonFile };
        command.SetAction(result => LegacyActions.Run(result, jsonFile, report =>
        {
            IReadOnlyList<LocatedCompares> contents = LocatedCompares.Read(result.GetValue(files)!);
            foreach (string warning in contents.SelectMany(static content => content.Warnings).Distinct())
            {
                report.Note(warning);
            }

            JsonOutput.Write(result.GetValue(jsonFile), report, writer => ComparesRendering.Json(writer, contents));
            return () => ComparesRendering.Text(contents);
        }));
        return command;
    }
}
