using System.CommandLine;
using Edgewise.Exploration.Engines;
using Edgewise.Exploration.Engines.Forking;
using Edgewise.Simulation.Running;

namespace Edgewise.Cli.Options;

/// <summary>The options that say in which processes timelines run, and what they may take.</summary>
internal sealed class RunSwitches
{
    private readonly Option<Reading<EngineKind>> _engine;
    private readonly Option<Reading<long>> _workers;
    private readonly Option<Reading<TimeSpan>> _deadline;
    private readonly Option<Reading<long>> _memory;
    private readonly Option<bool> _noVerify = new("--no-verify") { Description = "Start no second process to run each root seed, and each bug, once more." };

    /// <summary>Adds the options to a command.</summary>
    public RunSwitches(Command command)
    {
        _engine = SimulationSwitches.Named("--engine", "replay|workers|fork", "Run timelines one after the other in one process, in several, or from copies of running ones (Linux). [default: replay]", Engine);
        _workers = SimulationSwitches.Named("--workers", "N", "Processes of --engine workers and fork; the result does not depend on it. [default: a processor each]", SimulationSwitches.Integer);
        _deadline = SimulationSwitches.Named("--deadline", "TIME", "Real time that one timeline may take; then it counts as a bug. [default: 10s]", Quantities.Time);
        _memory = SimulationSwitches.Named("--memory", "SIZE", "Managed heap that a process may have, as in 512M. [default: the machine's]", Quantities.Size);
        foreach (Option option in (Option[])[_engine, _workers, _deadline, _memory, _noVerify])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Reads the options.</summary>
    /// <param name="result">The parsed command line.</param>
    /// <param name="report">Receives every error.</param>
    public SimulationOptions Read(ParseResult result, CommandReport report)
    {
        var usual = new SimulationOptions();
        EngineKind engine = result.GetValue(_engine)?.Tell(report) ?? usual.Engine;
        long? workers = result.GetValue(_workers)?.Tell(report);
        if (workers > 1 && engine == EngineKind.Replay)
        {
            report.Error("--workers: the replay engine has one process; add --engine workers or --engine fork");
        }

        if (engine == EngineKind.Fork && !ForkEngine.IsAvailable(out string why))
        {
            report.Error($"--engine fork: {why}; replay and workers find the same");
        }

        return usual with
        {
            Engine = engine,
            Workers = engine == EngineKind.Replay ? 1 : (int)(workers ?? Environment.ProcessorCount),
            Deadline = result.GetValue(_deadline)?.Tell(report) ?? usual.Deadline,
            MemoryLimit = result.GetValue(_memory)?.Tell(report),
            Verify = !result.GetValue(_noVerify),
        };
    }

    private static Reading<EngineKind> Engine(string option, string text) => text switch
    {
        "replay" => new(EngineKind.Replay),
        "workers" => new(EngineKind.Workers),
        "fork" => new(EngineKind.Fork),
        _ => new(default, [], [$"{option}: '{text}' is not known; known are replay, workers, fork"]),
    };
}
