using System.CommandLine;
using Edgewise.Cli.Options;
using Edgewise.Instrumentation;

namespace Edgewise.Cli.Commands.Instrument;

/// <summary><c>edgewise instrument</c>: writes instrumented copies of assemblies.</summary>
internal static class InstrumentCommand
{
    /// <summary>Name of the command.</summary>
    public const string Name = "instrument";

    /// <summary>For the end of its help.</summary>
    public const string Example = """
          # write an instrumented copy of a library, and list the methods that were left out
          edgewise instrument bin/Library.dll -o instrumented --verbose
        """;

    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        Argument<string[]> inputs = new("IN.dll") { Description = "The assemblies; a PDB beside one is rewritten too.", Arity = ArgumentArity.OneOrMore };
        Option<string> output = new("--output", "-o") { Description = "Folder for the copies, outside the folders of the inputs; made where it is missing.", HelpName = "DIR", Required = true };
        Option<bool> verbose = new("--verbose") { Description = "List the methods that were left out, each with its id and reason." };
        Option<string?> json = new("--json") { Description = "Write the result as JSON to a file, or with '-' to standard output instead of text.", HelpName = "FILE" };
        Command command = new(Name, "Instrument .NET assemblies: write copies that count which edges of their control flow ran.") { inputs, output };
        InstrumentationSwitches switches = new(command, new InstrumentationOptions());
        command.Options.Add(verbose);
        command.Options.Add(json);
        command.SetAction(result =>
        {
            var report = new CommandReport(result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
            string[] paths = result.GetValue(inputs) ?? [];
            InstrumentationOptions options = switches.Read(result, paths.Select(FolderOf), report);
            var request = new InstrumentRequest(
                paths, result.GetValue(output)!, options, result.GetValue(verbose), result.GetValue(json));
            return request.Execute(report);
        });
        return command;
    }

    private static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path))!;
}
