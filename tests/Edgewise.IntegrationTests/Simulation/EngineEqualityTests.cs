using Edgewise.Exploration.Engines;
using Edgewise.Exploration.Engines.Forking;
using Edgewise.Exploration.Running;
using Edgewise.Exploration.Search;
using Edgewise.Simulation.Loading;
using Edgewise.Simulation.Running;

namespace Edgewise.IntegrationTests.Simulation;

/// <summary>The tree of a search is the same whatever ran its timelines: each run, in its order, with its discoveries and edges.</summary>
public sealed class EngineEqualityTests
{
    [Theory]
    [InlineData("maze", SearchStrategyKind.Frontier)]
    [InlineData("maze", SearchStrategyKind.Energy)]
    [InlineData("lock-service", SearchStrategyKind.Frontier)]
    [InlineData("handshake", SearchStrategyKind.Frontier)]
    public void Engines_and_numbers_of_workers_give_the_same_tree(string name, SearchStrategyKind strategy)
    {
        using SimulationAssembly assembly = Examples.Load();
        ulong expected = FingerprintOf(assembly, name, strategy, new SimulationOptions { Isolation = Isolation.None });

        Assert.NotEqual(0UL, expected);
        foreach (int workers in (int[])[1, 2, 4])
        {
            Assert.Equal(expected, FingerprintOf(assembly, name, strategy, new SimulationOptions { Engine = EngineKind.Workers, Workers = workers }));
        }
    }

    [Theory]
    [InlineData("maze")]
    [InlineData("lock-service")]
    public void Forked_processes_give_the_same_tree(string name)
    {
        Assert.SkipUnless(ForkEngine.IsAvailable(out string why), why);
        using SimulationAssembly assembly = Examples.Load();

        Assert.Equal(
            FingerprintOf(assembly, name, SearchStrategyKind.Frontier, new SimulationOptions { Isolation = Isolation.None }),
            FingerprintOf(assembly, name, SearchStrategyKind.Frontier, new SimulationOptions { Engine = EngineKind.Fork }));
    }

    private static ulong FingerprintOf(SimulationAssembly assembly, string name, SearchStrategyKind strategy, SimulationOptions options)
    {
        var exploration = new ExplorationOptions { Iterations = 1, Runs = 400, AllRuns = true, Strategy = strategy, ShorteningTries = 0 };
        using var search = new SimulationSearch(assembly, assembly.Find(name), options with { Exploration = exploration, Verify = false });
        return search.Run(cancellation: TestContext.Current.CancellationToken).Exploration.Seeds[0].Fingerprint;
    }
}
