using System.CommandLine;
using Edgewise.Cli.Options;
using Edgewise.Simulation.Running;

namespace Edgewise.Cli.Commands.Sim;

/// <summary><c>edgewise sim</c>: lists simulations, searches their timelines for bugs, and replays what was found.</summary>
internal static class SimCommand
{
    /// <summary>Examples for the ends of their help, by the name of the command.</summary>
    public static IReadOnlyDictionary<string, string> Examples { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["sim list"] = """
              # the simulations of your tests whose name has 'lock' in it
              edgewise sim list lock --assembly bin/Tests.dll
            """,
        ["sim run"] = """
              # search the example 'maze' until its bug is found
              edgewise sim run maze

              # search one of your own, from another seed, for five minutes, with every processor
              edgewise sim run lock-service --assembly bin/Tests.dll --seed 7 --time 5m --engine workers
            """,
        ["sim run-all"] = """
              # all simulations, three root seeds each, with a file for a program to read
              edgewise sim run-all --assembly bin/Tests.dll --iterations 3 --json result.json
            """,
        ["sim replay"] = """
              # run one timeline again, as a report names it
              edgewise sim replay maze 1 '12@8836 -> 40@77'
            """,
    };

    /// <summary>The command with its subcommands.</summary>
    public static Command Create() => new("sim", "Simulate systems: search the timelines of a simulation for bugs, and replay those that were found.")
    {
        List(), Run("run", "Search the simulations of some names, or all, and report what was found.", hasFilters: true),
        Run("run-all", "Search all simulations, and count how many passed.", hasFilters: false), Replay(),
    };

    private static Command List()
    {
        Argument<string[]> filters = Filters();
        Option<string?> json = Json();
        Command command = new("list", "List simulations, with the bug that one plants.") { filters, json };
        var source = new SimulationSource(command);
        command.SetAction(result => Execute(result, report =>
        {
            JsonOutput.Check(result.GetValue(json), report);
            return new SimListRequest(source.Open(result, report), result.GetValue(filters) ?? [], result.GetValue(json)).Execute(report);
        }));
        return command;
    }

    private static Command Run(string name, string description, bool hasFilters)
    {
        Argument<string[]> filters = Filters();
        Option<string?> json = Json();
        Option<string?> save = new("--save-history") { Description = "Keep what is known of states and edges in a file, for the next search.", HelpName = "FILE" };
        Option<string?> load = new("--load-history") { Description = "Begin with what an earlier search kept; it must have been one of the same build.", HelpName = "FILE" };
        Command command = new(name, description);
        if (hasFilters)
        {
            command.Arguments.Add(filters);
        }

        var source = new SimulationSource(command);
        var switches = new SimulationSwitches(command);
        foreach (Option<string?> option in (Option<string?>[])[json, save, load])
        {
            command.Options.Add(option);
        }

        command.SetAction(result => Execute(result, report =>
        {
            SimulationOptions options = switches.Read(result, report);
            JsonOutput.Check(result.GetValue(json), report);
            JsonOutput.Check(result.GetValue(save), report, save.Name);
            return new SimRunRequest(
                source.Open(result, report), hasFilters ? result.GetValue(filters) ?? [] : [], options, result.GetValue(json), result.GetValue(save), result.GetValue(load), !hasFilters)
                .Execute(report);
        }));
        return command;
    }

    private static Command Replay()
    {
        Argument<string> name = new("NAME") { Description = "The simulation." };
        Argument<string> seed = new("SEED") { Description = "The root seed." };
        Argument<string> recipe = new("RECIPE") { Description = "Where chance goes on from other seeds: 'count@seed -> count@seed'. [default: nowhere]", DefaultValueFactory = _ => "" };
        Option<string?> json = Json();
        Command command = new("replay", "Run one timeline of a simulation again, and say how it ends.") { name, seed, recipe };
        var source = new SimulationSource(command);
        var switches = new RunSwitches(command);
        command.Options.Add(json);
        command.SetAction(result => Execute(result, report =>
        {
            SimulationOptions options = switches.Read(result, report);
            JsonOutput.Check(result.GetValue(json), report);
            return new SimReplayRequest(
                source.Open(result, report), result.GetValue(name)!, result.GetValue(seed)!, result.GetValue(recipe)!, options, result.GetValue(json)).Execute(report);
        }));
        return command;
    }

    private static int Execute(ParseResult result, Func<CommandReport, int> execute) =>
        execute(new CommandReport(result.InvocationConfiguration.Output, result.InvocationConfiguration.Error));

    private static Argument<string[]> Filters() => new("FILTER")
    {
        Description = "Simulations: a name, a glob over names, or a part of names.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static Option<string?> Json() => new("--json") { Description = "Write the result as JSON to a file, or with '-' to standard output instead of text.", HelpName = "FILE" };
}
