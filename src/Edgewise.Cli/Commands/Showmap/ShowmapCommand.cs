using System.CommandLine;
using System.CommandLine.Parsing;
using Edgewise.Cli.Commands.Fuzz;
using Edgewise.Showmap.Corpora;
using Edgewise.Showmap.Evm;
using Edgewise.Showmap.Files;
using Edgewise.Showmap.Replay;

namespace Edgewise.Cli.Commands.Showmap;

/// <summary><c>edgewise showmap</c>: replays a corpus and writes what it covers.</summary>
internal static class ShowmapCommand
{
    /// <summary>Name of the command.</summary>
    public const string Name = "showmap";

    /// <summary>Examples for the end of its help.</summary>
    public const string Example = """
          # what a corpus covers of a fuzz target, as one trial of an approach
          edgewise showmap bin/MyTargets.dll corpus -o campaign --approach nightly --trial 1

          # a file for each entry, for coverage over time
          edgewise showmap bin/MyTargets.dll corpus -o campaign --approach nightly --trial 1 --per-input

          # a corpus of a Foundry test, on a running anvil
          edgewise showmap --evm-harness out/Vault.t.sol/VaultTest.json corpus/VaultTest/invariant_ok -o campaign

          # any program that reads a file, here in place of '@@', or standard input
          edgewise showmap corpus -o campaign -- bin/App.dll @@
        """;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Argument<string[]> words = new("TARGET CORPUS")
        {
            Description = "An assembly with a fuzz target or a shared object that clang built, and a folder of inputs; only the folder with --evm-harness, or where a program stands behind '--'.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<string> output = new("--output", "-o") { Description = "Folder of the campaign: OUT/APPROACH__ASSEMBLY__METHOD/TRIAL.txt is written.", HelpName = "OUT", Required = true };
        Option<string> approach = new("--approach") { Description = "The approach that the trial belongs to.", HelpName = "A", DefaultValueFactory = _ => "replay" };
        Option<string?> trial = new("--trial") { Description = "Name of the trial. [default: trial-NANOSECONDS]", HelpName = "T" };
        Option<string?> domain = new("--domain") { Description = "Which points: cil (.NET), sancov or native, evm, both (evm and sancov), all. [default: those of the target]", HelpName = "D" };
        domain.AcceptOnlyFromAmong("cil", "sancov", "native", "evm", "both", "all");
        Option<bool> perInput = new("--per-input") { Description = "A file for each entry, TRIAL__ENTRY.txt." };
        Option<bool> classes = new("--classes") { Description = "Hit-count classes (1, 2, 4, … 128) instead of counts." };
        Option<CountRule> counts = new("--counts") { Description = "How counts of several entries become one.", HelpName = "sum|max|inputs", DefaultValueFactory = _ => CountRule.Sum };
        Option<Isolation> isolation = new("--isolate") { Description = "What each entry has for itself.", HelpName = "none|context|process", DefaultValueFactory = _ => Isolation.None };
        Option<bool> stable = new("--stable") { Description = "Leave out points whose counts depend on what ran before." };
        Option<int?> workers = new("--workers") { Description = "Processes that replay at the same time. [default: as many as there are processors, fewer for few entries]", HelpName = "N" };
        Option<double> timeout = new("--timeout") { Description = "Seconds that a call may take; 0 for as many as it likes.", HelpName = "SECONDS", DefaultValueFactory = _ => 10 };
        Option<int> memory = new("--memory") { Description = "Mebibytes that a process may take; 0 for as many as it likes.", HelpName = "MIB", DefaultValueFactory = _ => 2048 };
        Option<int> largest = new("--max-entry") { Description = "Mebibytes that an entry may have, unpacked.", HelpName = "MIB", DefaultValueFactory = _ => EntryReader.UsualLargest >> 20 };
        Option<bool> force = new("--force") { Description = "Replace files that are there." };
        Option<bool> resume = new("--resume") { Description = "Go on with a replay that was interrupted: files that are there and right are kept." };
        Option<bool> noCache = new("--no-cache") { Description = "Replay also what was replayed before with the same build and options." };
        Option<bool> allowEmpty = new("--allow-empty") { Description = "An empty corpus is no error." };
        Option<string?> json = new("--json") { Description = "Write the result as JSON to a file, or with '-' to standard output.", HelpName = "FILE" };
        Option<string?> harness = new("--evm-harness") { Description = "A Foundry harness, out/FILE.t.sol/CONTRACT.json: its corpus is replayed on a node.", HelpName = "FILE" };
        Option<string?> node = new("--evm-rpc") { Description = "Where the node listens. [default: http://127.0.0.1:8545]", HelpName = "URL" };
        Option<EvmEngine> engine = new("--evm-engine") { Description = "Who runs the calls: the node, or Edgewise on the node's state.", HelpName = "node|local", DefaultValueFactory = _ => EvmEngine.Node };
        Option<string?> method = TargetSwitches.MethodOption(), assemblies = TargetSwitches.AssembliesOption(), expects = TargetSwitches.ExpectsOption();
        Command command = new(Name, "Replay a corpus, and write what it covers for comparison with other campaigns.")
        {
            words, output, approach, trial, domain, method, assemblies, expects, perInput, classes, counts, isolation, stable, workers, timeout, memory, largest, resume, force, noCache, allowEmpty, harness, node, engine, json,
        };
        command.Subcommands.Add(ShowmapCodeCommands.Symbolize());
        command.Subcommands.Add(ShowmapCodeCommands.Diff());
        command.Subcommands.Add(ShowmapExport.Create());
        command.SetAction(result =>
        {
            var report = new CommandReport(result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
            (string[] named, string[]? program) = Split(result, result.GetValue(words) ?? []);
            return new ShowmapRequest(named, program)
            {
                Output = result.GetValue(output)!,
                Approach = result.GetValue(approach)!,
                Trial = result.GetValue(trial),
                Domain = result.GetValue(domain),
                Method = result.GetValue(method),
                Assemblies = result.GetValue(assemblies),
                Expects = result.GetValue(expects),
                IsPerInput = result.GetValue(perInput),
                HasClasses = result.GetValue(classes),
                Counts = result.GetValue(counts),
                Isolation = result.GetValue(isolation),
                IsStable = result.GetValue(stable),
                Workers = result.GetValue(workers),
                Timeout = result.GetValue(timeout),
                MemoryLimit = result.GetValue(memory),
                LargestEntry = result.GetValue(largest),
                Resumes = result.GetValue(resume),
                Replaces = result.GetValue(force),
                UsesCache = !result.GetValue(noCache),
                Harness = result.GetValue(harness),
                Node = result.GetValue(node),
                Engine = result.GetValue(engine),
                AllowsEmpty = result.GetValue(allowEmpty),
                JsonFile = result.GetValue(json),
            }.Execute(report);
        });
        return command;
    }

    // What stands behind '--' is a program and its arguments.
    private static (string[] Named, string[]? Program) Split(ParseResult result, string[] words)
    {
        int mark = result.Tokens.ToList().FindIndex(token => token.Type == TokenType.DoubleDash);
        int behind = mark < 0 ? 0 : result.Tokens.Count - mark - 1;
        return mark < 0 ? (words, null) : (words[..^behind], words[^behind..]);
    }
}
