using Edgewise.Exploration.Engines;
using Edgewise.Exploration.Running;
using Edgewise.Runtime;
using Edgewise.Simulation;
using Edgewise.Simulation.Loading;

namespace Edgewise.Bench.Exploring;

/// <summary>The examples, instrumented as <c>edgewise sim</c> does it, explored in this process.</summary>
internal sealed class ExampleSimulations
{
    private readonly SimulationAssembly _assembly;

    private ExampleSimulations(SimulationAssembly assembly) => _assembly = assembly;

    /// <summary>Loads them; null where this process counts for another benchmark.</summary>
    public static ExampleSimulations? Load(Action<string> report)
    {
        if (AppContext.GetData(Registration.Key) is not null)
        {
            report("explore: another group has taken the coverage map of this process; run 'bench explore' alone");
            return null;
        }

        return new(SimulationAssembly.Load(Path.Combine(RepositoryFiles.Root, "artifacts", "bin", "Simulations", "release", "Simulations.dll")));
    }

    /// <summary>A target that runs an example.</summary>
    public SimulationTarget Target(string name) => new(_assembly.Find(name).Create, counters: _assembly.Counters);

    /// <summary>Explores one root seed of an example.</summary>
    public ExplorationReport Explore(string name, ulong seed, ExplorationOptions options) =>
        new ExplorationRun(new ReplayEngine(Target(name)), options with { Seed = seed, Iterations = 1, AllRuns = true }).Run();

    /// <summary>What the search of a simulation looks for.</summary>
    public string? ExpectedBug(string name) => _assembly.Find(name).ExpectedBug;

    /// <summary>Runs of a root seed that a simulation asks for.</summary>
    public long Runs(string name) => _assembly.Find(name).Runs ?? ExplorationOptions.UsualRuns;
}
