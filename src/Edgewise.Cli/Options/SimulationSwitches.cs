using System.CommandLine;
using Edgewise.Exploration.Running;
using Edgewise.Exploration.Search;
using Edgewise.Simulation.Running;

namespace Edgewise.Cli.Options;

/// <summary>The options that say how simulations are searched, and for how long.</summary>
internal sealed class SimulationSwitches
{
    private readonly Option<Reading<ulong>> _seed;
    private readonly Option<Reading<long>> _iterations;
    private readonly Option<Reading<long>> _runs;
    private readonly Option<Reading<TimeSpan>> _time;
    private readonly Option<Reading<SearchStrategyKind>> _strategy;
    private readonly Option<Reading<long>> _lookahead;
    private readonly RunSwitches _run;

    /// <summary>Adds the options to a command.</summary>
    public SimulationSwitches(Command command)
    {
        _seed = Named("--seed", "SEED", "The first root seed; the others follow from it. [default: 1]", Quantities.Seed);
        _iterations = Named("--iterations", "N", "Root seeds to search. [default: until three in a row bring nothing new, 20 at most]", Integer);
        _runs = Named("--runs", "N", $"Most timelines of a root seed. [default: what the simulation asks for, else {ExplorationOptions.UsualRuns}]", Long);
        _time = Named("--time", "TIME", "Search for so long, as in 30s, 5m, 2h; with --iterations, at most so long.", Quantities.Time);
        _strategy = Named("--strategy", "frontier|energy", "How timelines are chosen. [default: frontier]", Strategy);
        _lookahead = Named("--lookahead", "N", "Timelines that are chosen before the result of the oldest of them is known; another number is another search. [default: 4]", Integer);
        foreach (Option option in (Option[])[_seed, _iterations, _runs, _time, _strategy, _lookahead])
        {
            command.Options.Add(option);
        }

        _run = new RunSwitches(command);
    }

    /// <summary>Reads the options.</summary>
    /// <param name="result">The parsed command line.</param>
    /// <param name="report">Receives every error.</param>
    /// <returns>The options, with <see cref="ExplorationOptions.Runs"/> 0 where the simulation decides; to be used only if there was no error.</returns>
    public SimulationOptions Read(ParseResult result, CommandReport report)
    {
        TimeSpan? time = result.GetValue(_time)?.Tell(report);
        long? iterations = result.GetValue(_iterations)?.Tell(report);
        var usual = new ExplorationOptions();
        // Who gives a time wants it used: it does not end because it is quiet for a while.
        bool goesOn = time is not null && iterations is null;
        return _run.Read(result, report) with
        {
            Exploration = usual with
            {
                Seed = result.GetValue(_seed)?.Tell(report) ?? usual.Seed,
                Iterations = (int?)iterations,
                Runs = result.GetValue(_runs)?.Tell(report) ?? 0,
                Time = time,
                StableIterations = goesOn ? int.MaxValue : usual.StableIterations,
                MostIterations = goesOn ? int.MaxValue : usual.MostIterations,
                Strategy = result.GetValue(_strategy)?.Tell(report) ?? usual.Strategy,
                Lookahead = (int)(result.GetValue(_lookahead)?.Tell(report) ?? usual.Lookahead),
            },
        };
    }

    /// <summary>An option whose errors are kept until all are told.</summary>
    internal static Option<Reading<T>> Named<T>(string name, string help, string description, Func<string, string, Reading<T>> parse) => new(name)
    {
        Description = description,
        HelpName = help,
        CustomParser = result => parse(name, result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value),
    };

    /// <summary>A whole number from 1 that an <see cref="int"/> can hold.</summary>
    internal static Reading<long> Integer(string option, string text) => Quantities.Count(option, text, int.MaxValue);

    private static Reading<long> Long(string option, string text) => Quantities.Count(option, text, long.MaxValue);

    private static Reading<SearchStrategyKind> Strategy(string option, string text) => text switch
    {
        "frontier" => new(SearchStrategyKind.Frontier),
        "energy" => new(SearchStrategyKind.Energy),
        _ => new(default, [], [$"{option}: '{text}' is not known; known are frontier, energy"]),
    };
}
