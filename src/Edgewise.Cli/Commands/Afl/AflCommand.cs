using System.CommandLine;

namespace Edgewise.Cli.Commands.Afl;

/// <summary><c>edgewise afl</c>: makes a program of a target that AFL++'s tools run.</summary>
internal static class AflCommand
{
    /// <summary>Name of the command.</summary>
    public const string Name = "afl";

    /// <summary>Examples for the end of its help.</summary>
    public const string Example = """
          # fuzz the only method marked [FuzzTarget] of an assembly
          afl-fuzz -i seeds -o findings -- $(edgewise afl bin/MyTargets.dll)

          # with CmpLog, any static method that takes bytes
          edgewise afl bin/MyLibrary.dll --method MyLibrary.Parser.Parse -o parser.afl
          afl-fuzz -i seeds -o findings -c 0 -- ./parser.afl

          # a crash again, with its stack trace; a corpus and a crash made smaller
          ./parser.afl < findings/default/crashes/id:000000*
          afl-cmin -i findings/default/queue -o small -- ./parser.afl
          afl-tmin -i crash -o crash.small -- ./parser.afl
        """;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Argument<string> target = new("TARGET") { Description = "An assembly with a method marked [FuzzTarget], or with the one that --method names." };
        Option<string?> method = new("--method") { Description = "The target's name, or a static method in full; one without an attribute too.", HelpName = "Namespace.Type.Method" };
        Option<string?> assemblies = new("--assemblies") { Description = "Globs over the names of the assemblies that count. [default: the target's own and its projects, or the packages of a harness]", HelpName = "GLOBS" };
        Option<string?> output = new("--output", "-o") { Description = "Where the program goes. [default: TARGET with the ending .afl]", HelpName = "FILE" };
        Option<string?> json = new("--json") { Description = "Write the result as JSON to a file, or with '-' to standard output.", HelpName = "FILE" };
        Command command = new(Name, "Make a program of a fuzz target for AFL++ (afl-fuzz, afl-showmap, afl-cmin, afl-tmin, afl-analyze), and print its path.")
        {
            target, method, assemblies, output, json,
        };
        command.SetAction(result =>
        {
            var report = new CommandReport(result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
            JsonOutput.Check(result.GetValue(json), report);
            return new AflRequest(
                result.GetValue(target)!, result.GetValue(method), result.GetValue(assemblies), result.GetValue(output), result.GetValue(json)).Execute(report);
        });
        return command;
    }
}
