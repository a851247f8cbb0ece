using System.CommandLine;
using Edgewise.Cli.Options;
using Edgewise.Instrumentation;
using Edgewise.Runtime.Formats;

namespace Edgewise.Cli.Commands.Run;

/// <summary><c>edgewise run</c>: runs a program as <c>dotnet APP.dll</c> would, with edge coverage.</summary>
internal static class RunCommand
{
    /// <summary>Name of the command.</summary>
    public const string Name = "run";

    /// <summary>For the end of its help.</summary>
    public const string Example = """
          # run a program on a file, with coverage of one of its libraries
          edgewise run --assemblies Markdig bin/Markdown.dll -- README.md
        """;

    private const string DefaultFolder = "coverage";

    /// <summary>Counters that never read zero after a hit: a run is looked at once, at its end.</summary>
    private static readonly InstrumentationOptions Defaults = new()
    {
        Features = CoverageFeatures.Inline8BitCounters | CoverageFeatures.NeverZero | CoverageFeatures.PcTable,
    };

    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        Argument<string> program = new("APP.dll") { Description = "The program's assembly, with its runtimeconfig.json beside it." };
        Argument<string[]> arguments = new("ARGS") { Description = "Arguments of the program; behind '--' they may look like options.", Arity = ArgumentArity.ZeroOrMore };
        Option<string?> assemblies = new("--assemblies") { Description = "Instrument these: globs over names of assemblies, separated by commas. [default: the program and the projects it references]", HelpName = "GLOBS" };
        Option<string> folder = new("--coverage-dir") { Description = "Folder for coverage files; made where it is missing, never cleared.", HelpName = "DIR", DefaultValueFactory = _ => DefaultFolder };
        Option<string?> trace = new("--trace") { Description = "Record what each thread does, as the kernel's kcov does: pc, cmp, uniq-pc, uniq-edge, uniq-cmp, or 'uniq-pc,uniq-edge'; or kcov's numbers.", HelpName = "MODE" };
        Option<int> words = new("--words") { Description = "Words of 64 bits in the buffer of each thread, for --trace.", HelpName = "N", DefaultValueFactory = _ => RunTrace.DefaultWords };
        Option<bool> live = new("--live") { Description = "Let 'edgewise report serve DIR' follow the program while it runs." };
        Option<string?> json = new("--json") { Description = "Write the result as JSON to a file, or with '-' to standard output behind what the program printed.", HelpName = "FILE" };
        Command command = new(Name, "Run a .NET program as 'dotnet APP.dll' would, and see which edges of its code ran.") { program, arguments, assemblies, folder, live, trace, words };
        InstrumentationSwitches switches = new(command, Defaults);
        command.Options.Add(json);
        command.SetAction(result =>
        {
            var report = new CommandReport(result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
            string path = result.GetValue(program)!;
            InstrumentationOptions options = switches.Read(result, [Path.GetDirectoryName(Path.GetFullPath(path))!], report);
            RunTrace? traced = result.GetValue(trace) is { } mode ? RunTrace.Read(mode, result.GetValue(words), options, report) : null;
            var request = new RunRequest(
                path, result.GetValue(arguments) ?? [], result.GetValue(assemblies), result.GetValue(folder)!, traced?.Instrument(options) ?? options, result.GetValue(json))
            {
                IsLive = result.GetValue(live),
                Trace = traced,
            };
            return request.Execute(report);
        });
        return command;
    }
}
