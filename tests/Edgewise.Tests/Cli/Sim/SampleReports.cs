using Edgewise.Annotations;
using Edgewise.Cli.Commands.Sim;
using Edgewise.Exploration;
using Edgewise.Exploration.Bugs;
using Edgewise.Exploration.Engines;
using Edgewise.Exploration.Journals;
using Edgewise.Exploration.Knowledge;
using Edgewise.Exploration.Recipes;
using Edgewise.Exploration.Running;
using Edgewise.Simulation;
using Edgewise.Simulation.Loading;
using Edgewise.Simulation.Running;

namespace Edgewise.Tests.Cli.Sim;

/// <summary>Results of searches as they might be, with something in every section.</summary>
internal static class SampleReports
{
    private const ulong AlwaysState = 1, UnreachableState = 2, SometimesState = 3, ReachableState = 4, NumberState = 5, SetState = 6, EachState = 7, LimitState = 8;

    private static readonly SimulationEntry Bank = SimulationEntry.Of(typeof(BankSimulation))!;
    private static readonly SimulationEntry Planted = SimulationEntry.Of(typeof(PlantedSimulation))!;

    /// <summary>Two bugs, of which one does not show again.</summary>
    public static SimulationResult WithBugs()
    {
        var bugs = new BugRegistry();
        var violated = new TimelineEnd(BugKind.PropertyViolated, "always: the sum stays", "the sum stays (sum=99)");
        Add(bugs, violated, "7@11 -> 20@12 -> 3@13", 1234);
        Add(bugs, violated, "7@11 -> 21@14", 1300);
        Add(bugs, new TimelineEnd(BugKind.Deadlock, "deadlock: Bank.Transfer > a lock", "nothing is ready to run\n  an account waits\u001b[2J in Bank.Transfer > a lock"), "", 1400);
        bugs.Bugs[0].Shortened = [new Timeline(42, Recipe.Parse("27@15")), new Timeline(42, Recipe.Parse("7@11 -> 21@14"))];
        bugs.Bugs[0].ShorteningRuns = 2345;
        bugs.Bugs[1].Verification = "a replay in another process ended with 'no bug': nondeterminism";
        return Result(Bank, bugs, EndReason.Stable, null);
    }

    /// <summary>A planted bug that was found, on the energy strategy.</summary>
    public static SimulationResult WithPlantedBug()
    {
        var bugs = new BugRegistry();
        Add(bugs, new TimelineEnd(BugKind.PropertyViolated, "always: the sum stays", "the sum stays"), "7@11", 12);
        SimulationResult result = Result(Planted, bugs, EndReason.BugFound, null);
        return result with { Assembly = null };
    }

    /// <summary>Runs that were not equal.</summary>
    public static SimulationResult Nondeterministic() =>
        Result(Bank, new BugRegistry(), EndReason.Nondeterminism, "between two processes: root seed 42, draw 3: one run asked for a number below 5, the other for a number below 6");

    private static void Add(BugRegistry bugs, TimelineEnd end, string recipe, long run) => bugs.Add(new Timeline(42, Recipe.Parse(recipe)), end, run);

    private static SimulationResult Result(SimulationEntry entry, BugRegistry bugs, EndReason end, string? nondeterminism)
    {
        var history = new SearchHistory();
        history.MaskEdge(1);
        history.Absorb(Run([], [new Discovery(DiscoveryKind.FirstTrue, SometimesState, 0, 0, 1)], new byte[] { 1, 0, 3, 0, 0, 1 }));
        var options = new ExplorationOptions { Seed = 42, Iterations = null };
        SeedReport[] seeds =
        [
            new()
            {
                Seed = 42, Runs = 8000, Locations = 12, Draws = 1_234_567, States = 31, New = 40, FirstBugRun = 1234, BugRuns = 3, Elapsed = TimeSpan.FromSeconds(2),
                Fingerprint = 0x0123456789abcdef,
            },
            new()
            {
                Seed = ulong.MaxValue, Runs = 1000, Locations = 0, Draws = 5, States = 3, New = 0, FirstBugRun = null, BugRuns = 0, Elapsed = TimeSpan.FromMilliseconds(250),
                Fingerprint = 7, EnergyLeft = 100, PoolLeft = 20,
            },
        ];
        var exploration = new ExplorationReport
        {
            Engine = "workers",
            Options = options,
            Seeds = nondeterminism is null ? seeds : [],
            Bugs = bugs.Bugs,
            Properties = Properties(),
            History = history,
            End = end,
            Nondeterminism = nondeterminism,
            Elapsed = TimeSpan.FromSeconds(63.5),
        };
        return new SimulationResult(new SimulationReport(entry, exploration), new SimulationOptions { Exploration = options, Engine = EngineKind.Workers, Workers = 2 }, "/src/it's/Bank.dll");
    }

    private static PropertyCatalog Properties()
    {
        var catalog = new PropertyCatalog();
        Tally[] tallies =
        [
            new(AlwaysState, 900, 2), new(UnreachableState, 0, 3), new(SometimesState, 0, 1500), new(ReachableState, 12, 0), new(NumberState, 0, 17, 40), new(SetState, 0, 5, 2),
            new(EachState, 1234, 0), new(LimitState, 10, 0, ~-3),
        ];
        catalog.Absorb(Run(
            [
                new(AlwaysState, "always", "the sum stays", ""), new(UnreachableState, "unreachable", "money is lost", ""), new(SometimesState, "sometimes", "two transfers meet", ""),
                new(ReachableState, "reachable", "a transfer is undone", ""), new(NumberState, "numeric", "accounts grow rich", ">"), new(SetState, "frontier", "all branches open", ""),
                new(61, "frontier", "all branches open", "north, not south"), new(EachState, "each", "account", ""), new(71, "each", "account", "account=1"),
                new(72, "each", "account", "account=2"), new(LimitState, "num-always", "nobody is in debt", ">="), new(99, "edge", "no property", ""),
            ],
            [],
            [],
            tallies));
        return catalog;
    }

    private static TimelineResult Run(Description[] descriptions, Discovery[] discoveries, byte[] counters, params Tally[] tallies) => new()
    {
        End = TimelineEnd.Good,
        Discoveries = discoveries,
        Tallies = tallies,
        Descriptions = descriptions,
        Counters = counters,
        Draws = 1,
        Segments = 0,
    };

    [Simulation("bank")]
    private sealed class BankSimulation : ISimulation
    {
        public Task RunAsync(World world) => Task.CompletedTask;
    }

    [Simulation("planted")]
    [ExpectedBug("the sum stays")]
    private sealed class PlantedSimulation : ISimulation
    {
        public Task RunAsync(World world) => Task.CompletedTask;
    }
}
