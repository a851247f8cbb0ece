using System.CommandLine;

namespace Edgewise.Cli.Commands.Fuzz;

/// <summary><c>edgewise fuzz</c>: searches inputs of a method for those that make it fail.</summary>
internal static class FuzzCommand
{
    /// <summary>Name of the command.</summary>
    public const string Name = "fuzz";

    /// <summary>Examples for the end of its help.</summary>
    public const string Example = """
          # the only method marked [FuzzTarget] of an assembly, with a corpus that is kept
          edgewise fuzz bin/MyTargets.dll corpus

          # any static method that takes bytes, for a minute, going on after findings
          edgewise fuzz bin/MyLibrary.dll --method MyLibrary.Parser.Parse -max_total_time=60 -ignore_crashes=1

          # run an input again
          edgewise fuzz bin/MyTargets.dll crash-86f7e437faa5a7fce15d1ddcb9eaeaea377667b8
        """;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Argument<string> target = new("TARGET") { Description = "An assembly with a method marked [FuzzTarget], or with the one that --method names." };
        Argument<string[]> inputs = new("CORPUS") { Description = "Folders: the first is added to, the others are read. Files: each is run once, and nothing is searched.", Arity = ArgumentArity.ZeroOrMore };
        Option<string?> method = TargetSwitches.MethodOption();
        Option<string?> assemblies = TargetSwitches.AssembliesOption();
        Option<string?> expects = TargetSwitches.ExpectsOption();
        Option<string?> test = new("--emit-test") { Description = "Write a regression test for each finding.", HelpName = TestEmission.Kind };
        test.AcceptOnlyFromAmong(TestEmission.Kind);
        Option<string> tests = new("--test-folder") { Description = "Where --emit-test writes.", HelpName = "FOLDER", DefaultValueFactory = _ => "." };
        Option<string?> json = new("--json") { Description = "Write the result as JSON to a file, or with '-' to standard output.", HelpName = "FILE" };
        Option<bool> plain = new("--plain") { Description = "libFuzzer's log on a terminal too, instead of the live view." };
        Option<bool> pairs = new("--call-pairs") { Description = "Take which method an indirect call reaches for a feature: finds orders of callbacks, and costs speed." };
        Option<bool> stack = new("--stack-depth") { Description = "Take how deep the stack gets for a feature." };
        Option<string?> sync = new("--sync") { Description = "A folder shared with AFL++ or other campaigns: what each finds, the others get.", HelpName = "FOLDER" };
        Option<string> syncName = new("--sync-name") { Description = "Name of this campaign in that folder.", HelpName = "NAME", DefaultValueFactory = _ => "edgewise" };
        Option<string[]> flags = new(FuzzSpelling.Carrier) { Hidden = true };
        Command command = new(Name, "Fuzz a method: search for inputs that crash it, guided by coverage and compares. Flags with one dash are libFuzzer's: -help=1 lists them.")
        {
            target, inputs, method, assemblies, expects, test, tests, json, plain, pairs, stack, sync, syncName, flags,
        };
        command.SetAction(result =>
        {
            var report = new CommandReport(result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
            var parsed = LibFuzzerFlags.Parse(result.GetValue(flags) ?? []);
            if (parsed.Is("help"))
            {
                foreach (string name in LibFuzzerFlags.Names)
                {
                    report.Output.WriteLine($" -{name}");
                }

                return 0;
            }

            JsonOutput.Check(result.GetValue(json), report);
            return new FuzzRequest(
                result.GetValue(target)!, result.GetValue(inputs) ?? [], result.GetValue(method), result.GetValue(assemblies), result.GetValue(expects), parsed,
                result.GetValue(json), result.GetValue(plain), result.GetValue(test) is null ? null : new TestEmission(result.GetValue(tests)!))
            {
                UsesCallPairs = result.GetValue(pairs),
                UsesStackDepth = result.GetValue(stack),
                Sync = result.GetValue(sync) is { } root ? (root, result.GetValue(syncName)!) : null,
            }.Execute(report);
        });
        return command;
    }
}
