using Edgewise.Annotations;
using Edgewise.Simulation;
using Edgewise.Simulation.Faults;
using Edgewise.Simulation.Links;
using Edgewise.Simulation.Processes;

namespace Edgewise.Tests.Simulation.Faults;

public sealed class FaultTests
{
    [Fact]
    public void A_swarm_has_each_family_in_half_of_the_runs_independent_of_the_others()
    {
        const int Runs = 1000;
        FaultFamily[] families = Enum.GetValues<FaultFamily>();
        int[] on = new int[families.Length];
        int[] withNext = new int[families.Length];
        for (ulong seed = 0; seed < Runs; seed++)
        {
            Scenario.RunWell(
                world =>
                {
                    world.Faults.BeginChaos(FaultOptions.Default);
                    Assert.Equal(1, world.Random.TotalCount);
                    for (int i = 0; i < families.Length; i++)
                    {
                        on[i] += world.Faults.Has(families[i]) ? 1 : 0;
                        withNext[i] += world.Faults.Has(families[i]) && world.Faults.Has(families[(i + 1) % families.Length]) ? 1 : 0;
                    }

                    return Task.CompletedTask;
                },
                seed);
        }

        // Four standard deviations of binomials of 1,000.
        Assert.All(on, count => Assert.InRange(count, 500 - 64, 500 + 64));
        Assert.All(withNext, count => Assert.InRange(count, 250 - 55, 250 + 55));
    }

    [Fact]
    public void Without_a_swarm_all_families_are_on_without_a_draw()
    {
        Scenario.RunWell(world =>
        {
            world.Faults.BeginChaos(new FaultOptions { Swarm = false, Loss = 0.5 });

            Assert.All(Enum.GetValues<FaultFamily>(), family => Assert.True(world.Faults.Has(family)));
            Assert.Equal(0, world.Random.TotalCount);
            Assert.Equal(0.5, world.Network.Options.Loss);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public void When_chaos_ends_everything_heals()
    {
        for (ulong seed = 0; seed < 30; seed++)
        {
            Scenario.RunWell(
                async world =>
                {
                    LinkOptions before = world.Network.Options;
                    SimulatedProcess[] all = StartThree(world);
                    world.Faults.BeginChaos(new FaultOptions { Swarm = false, Attrition = Wear }, all);
                    await world.Delay(TimeSpan.FromSeconds(5));

                    world.Faults.EndChaos();

                    Assert.All(all, process => Assert.True(process.IsRunning));
                    Assert.DoesNotContain(all, one => all.Any(other => world.Network.IsCut(one, other)));
                    Assert.Same(before, world.Network.Options);
                    int[] lives = [.. all.Select(process => process.Incarnation)];
                    await world.Delay(TimeSpan.FromSeconds(60));
                    Assert.Equal(lives, all.Select(process => process.Incarnation));
                    Assert.All(all, process => Assert.True(process.IsRunning));
                },
                seed);
        }
    }

    [Fact]
    public void Attrition_harms_all_kinds_of_ways_but_never_more_than_it_may()
    {
        bool sawCut = false;
        bool sawOneWay = false;
        int crashes = 0;
        int shutdowns = 0;

        Scenario.RunWell(async world =>
        {
            SimulatedProcess[] all = StartThree(world, () => shutdowns++);
            foreach (SimulatedProcess process in all)
            {
                process.Crashed += (_, _) => crashes++;
            }

            world.Faults.BeginChaos(new FaultOptions { Swarm = false, Attrition = Wear with { MostAway = 2 } }, all);
            int mostAway = 0;
            for (int i = 0; i < 5000; i++)
            {
                await world.Delay(Scenario.Milliseconds(10));
                bool[] isCut = [.. all.Select(one => all.Any(other => other != one && world.Network.IsCut(one, other) && world.Network.IsCut(other, one)))];
                sawCut |= isCut.Any(cut => cut);
                sawOneWay |= all.Any(one => all.Any(other => world.Network.IsCut(one, other) && !world.Network.IsCut(other, one)));
                mostAway = Math.Max(mostAway, all.Count(process => !process.IsRunning));
            }

            Assert.Equal(2, mostAway);
        });

        Assert.True(sawCut);
        Assert.True(sawOneWay);
        Assert.InRange(crashes, 10, 1000);
        Assert.InRange(shutdowns, 5, 1000);
    }

    [Fact]
    public void A_fault_point_is_on_in_half_of_the_runs_and_fires_with_its_probability_there()
    {
        const int Runs = 400;
        int runs = 0;
        int fired = 0;
        for (ulong seed = 0; seed < Runs; seed++)
        {
            int here = 0;
            Scenario.RunWell(
                _ =>
                {
                    here = Enumerable.Range(0, 100).Count(_ => Buggify.Point("slow disk", 0.2));
                    return Task.CompletedTask;
                },
                seed);
            runs += here > 0 ? 1 : 0;
            fired += here;
        }

        Assert.InRange(runs, 200 - 40, 200 + 40);
        Assert.Equal(0.2, fired / (100.0 * runs), 0.02);
    }

    [Fact]
    public void A_knob_keeps_its_value_in_a_run_and_is_the_usual_one_in_half_of_them()
    {
        List<long> values = [];
        for (ulong seed = 0; seed < 400; seed++)
        {
            Scenario.RunWell(
                world =>
                {
                    long value = Buggify.Knob("batch size", 100, 1, 10);
                    Assert.Equal(value, Buggify.Knob("batch size", 100, 1, 10));
                    values.Add(value);
                    return Task.CompletedTask;
                },
                seed);
        }

        Assert.InRange(values.Count(value => value == 100), 200 - 40, 200 + 40);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 100], values.Distinct().Order());
    }

    [Fact]
    public void After_chaos_no_fault_point_fires()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            Scenario.RunWell(
                world =>
                {
                    world.Faults.BeginChaos(FaultOptions.Default);
                    world.Faults.EndChaos();
                    Assert.False(world.Faults.Has(FaultFamily.Loss));
                    Assert.DoesNotContain(true, Enumerable.Range(0, 50).Select(_ => Buggify.Point("late", 1)));
                    return Task.CompletedTask;
                },
                seed);
        }
    }

    [Fact]
    public void Chaos_does_not_begin_twice()
    {
        Scenario.RunWell(world =>
        {
            world.Faults.BeginChaos(FaultOptions.Default);
            Assert.Throws<InvalidOperationException>(() => world.Faults.BeginChaos(FaultOptions.Default));
            return Task.CompletedTask;
        });
    }

    private static AttritionOptions Wear { get; } = new()
    {
        Tick = Scenario.Milliseconds(50),
        MeanPause = Scenario.Milliseconds(200),
        MeanRecovery = Scenario.Milliseconds(300),
        Grace = Scenario.Milliseconds(100),
    };

    private static SimulatedProcess[] StartThree(World world, Action? onStop = null) =>
        [.. Enumerable.Range(0, 3).Select(i => world.StartProcess($"process-{i}", async self =>
        {
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, world.Time, self.Stopping);
            }
            finally
            {
                onStop?.Invoke();
            }
        }))];
}
