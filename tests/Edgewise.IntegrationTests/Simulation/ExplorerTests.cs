using Edgewise.Annotations;
using Edgewise.Exploration;
using Edgewise.Exploration.Running;
using Edgewise.Simulation;
using Edgewise.Simulation.Running;

namespace Edgewise.IntegrationTests.Simulation;

/// <summary>Explorations from a test, as users write them: this very assembly is loaded once more, and this very program is its worker.</summary>
public sealed class ExplorerTests
{
    private static readonly ExplorationOptions Short = new() { Iterations = 1, Runs = 2000 };

    [Fact]
    public async Task A_simulation_without_a_bug_gives_its_report()
    {
        SimulationReport report = await Explorer.RunAsync<CountingToTen>(Options(Isolation.None), TestContext.Current.CancellationToken);

        Assert.Empty(report.Exploration.Bugs);
        Assert.True(report.Exploration.History.EdgeCount > 100, "this assembly was not instrumented");
        Assert.InRange(report.Exploration.History.CoveredEdgeCount, 2, 60);
    }

    [Theory]
    [InlineData(Isolation.None)]
    [InlineData(Isolation.Process)]
    public async Task A_bug_fails_the_test_with_its_seed_recipe_and_the_command_that_replays_it(Isolation isolation)
    {
        SimulationFailedException failure = await Assert.ThrowsAsync<SimulationFailedException>(
            () => Explorer.RunAsync<ThreeUnlikelySteps>(Options(isolation), TestContext.Current.CancellationToken));

        var bug = Assert.Single(failure.Report.Exploration.Bugs);
        Assert.Null(bug.Verification);
        Assert.Contains("unreachable: all three", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"seed    {bug.Best.RootSeed}", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"recipe  {bug.Best.Recipe}", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"edgewise sim replay three-unlikely-steps {bug.Best.RootSeed} '{bug.Best.Recipe}' --assembly {typeof(ExplorerTests).Assembly.Location}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_explorers_at_once_give_exactly_what_each_gives_alone()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        SimulationOptions other = Options(Isolation.None) with { Exploration = Short with { Seed = 2 } };
        ulong[] alone =
        [
            Fingerprint(await Explorer.RunAsync<CountingToTen>(Options(Isolation.None), cancellation)),
            Fingerprint(await Explorer.RunAsync<CountingToTen>(other, cancellation)),
        ];

        SimulationReport[] together = await Task.WhenAll(
            Explorer.RunAsync<CountingToTen>(Options(Isolation.None), cancellation), Explorer.RunAsync<CountingToTen>(other, cancellation));

        Assert.Equal(alone, together.Select(Fingerprint));
        Assert.NotEqual(alone[0], alone[1]);
    }

    [Fact]
    public async Task What_depends_on_hash_codes_of_strings_is_told_as_nondeterminism_with_the_first_differing_draw()
    {
        SimulationFailedException failure = await Assert.ThrowsAsync<SimulationFailedException>(
            () => Explorer.RunAsync<OrdersByHashCode>(Options(Isolation.None), TestContext.Current.CancellationToken));

        Assert.Contains("not deterministic between two processes", failure.Message, StringComparison.Ordinal);
        Assert.Matches(@"root seed 1, draw \d+: one run asked for a number below \d+, the other for a number below \d+", failure.Message);
        Assert.Equal(EndReason.Nondeterminism, failure.Report.Exploration.End);
    }

    [Fact]
    public async Task What_keeps_state_between_runs_is_told_as_nondeterminism()
    {
        SimulationFailedException failure = await Assert.ThrowsAsync<SimulationFailedException>(
            () => Explorer.RunAsync<KeepsState>(Options(Isolation.None), TestContext.Current.CancellationToken));

        Assert.Contains("not deterministic within one process", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_set_of_strings_is_no_nondeterminism()
    {
        SimulationReport report = await Explorer.RunAsync<OrdersByHashSet>(Options(Isolation.None), TestContext.Current.CancellationToken);

        Assert.Null(report.Exploration.Nondeterminism);
    }

    [Fact]
    public async Task A_stack_overflow_is_a_bug_where_runs_have_processes_of_their_own()
    {
        SimulationFailedException failure = await Assert.ThrowsAsync<SimulationFailedException>(() => Explorer.RunAsync<Overflows>(
            Options(Isolation.Process) with { Exploration = Short with { Runs = 20, ShorteningTries = 0 } }, TestContext.Current.CancellationToken));

        Assert.Contains(failure.Report.Exploration.Bugs, bug => bug.Kind == BugKind.Crash);
    }

    private static SimulationOptions Options(Isolation isolation) => new() { Exploration = Short, Isolation = isolation };

    private static ulong Fingerprint(SimulationReport report) => Assert.Single(report.Exploration.Seeds).Fingerprint;

    [Simulation("counting-to-ten")]
    public sealed class CountingToTen : ISimulation
    {
        public async Task RunAsync(World world)
        {
            for (int i = 0; i < 10 && world.Random.Below(3) > 0; i++)
            {
                await world.Delay(TimeSpan.FromSeconds(1));
                Property.SometimesEach("counted", [("to", i)]);
            }

            Property.Always(world.Elapsed <= TimeSpan.FromSeconds(10), "ten seconds are enough");
        }
    }

    [Simulation("three-unlikely-steps")]
    public sealed class ThreeUnlikelySteps : ISimulation
    {
        public async Task RunAsync(World world)
        {
            for (int i = 0; i < 3; i++)
            {
                await Task.Yield();
                if (world.Random.Below(30) != 17)
                {
                    return;
                }

                Property.SometimesEach("step", [("number", i)]);
            }

            Property.Unreachable("all three");
        }
    }

    [Simulation("orders-by-hash-code")]
    public sealed class OrdersByHashCode : ISimulation
    {
        public Task RunAsync(World world)
        {
            world.Random.Next();
            foreach (string name in ((string[])["a", "bb", "ccc", "dddd", "eeeee"]).OrderBy(name => name.GetHashCode(StringComparison.Ordinal)))
            {
                world.Random.Below(name.Length + 1);
            }

            return Task.CompletedTask;
        }
    }

    [Simulation("orders-by-hash-set")]
    public sealed class OrdersByHashSet : ISimulation
    {
        public Task RunAsync(World world)
        {
            foreach (string name in new HashSet<string> { "a", "bb", "ccc", "dddd" })
            {
                world.Random.Below(name.Length + 1);
            }

            return Task.CompletedTask;
        }
    }

    [Simulation("keeps-state")]
    public sealed class KeepsState : ISimulation
    {
        private static int s_runs;

        public Task RunAsync(World world)
        {
            for (int i = s_runs++; i > 0; i--)
            {
                world.Random.Next();
            }

            return Task.CompletedTask;
        }
    }

    [Simulation("overflows")]
    public sealed class Overflows : ISimulation
    {
        public Task RunAsync(World world)
        {
            if (world.Random.Below(2) == 0)
            {
                Dive(1);
            }

            return Task.CompletedTask;
        }

        private static int Dive(int depth) => depth < 0 ? 0 : Dive(depth + 1) + depth;
    }
}
