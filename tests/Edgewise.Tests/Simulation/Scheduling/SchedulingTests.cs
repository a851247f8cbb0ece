using System.Globalization;
using Edgewise.Exploration;
using Edgewise.Exploration.Journals;
using Edgewise.Exploration.Randomness;
using Edgewise.Simulation;

namespace Edgewise.Tests.Simulation.Scheduling;

public sealed class SchedulingTests
{
    [Fact]
    public void The_same_seed_gives_the_same_order_with_the_same_draws_and_another_seed_another_one()
    {
        (string Log, long Draws) first = Interleave(7);
        (string Log, long Draws) again = Interleave(7);
        (string Log, long Draws) other = Interleave(8);

        Assert.Equal(first, again);
        Assert.NotEqual(first.Log, other.Log);
    }

    [Fact]
    public void Each_of_three_that_are_ready_is_picked_first_about_as_often()
    {
        int[] first = new int[3];
        for (ulong seed = 0; seed < 3000; seed++)
        {
            Scenario.RunWell(
                async _ =>
                {
                    int? winner = null;
                    async Task Race(int me)
                    {
                        await Task.Yield();
                        winner ??= me;
                    }

                    await Task.WhenAll(Race(0), Race(1), Race(2));
                    first[winner!.Value]++;
                },
                seed);
        }

        // Four standard deviations of a binomial of 3,000 and one third.
        Assert.All(first, count => Assert.InRange(count, 1000 - 104, 1000 + 104));
    }

    [Fact]
    public void What_does_one_thing_at_a_time_draws_nothing()
    {
        var random = new RandomSource(1);

        TimelineEnd end = Scenario.Target(async world =>
        {
            for (int i = 0; i < 100; i++)
            {
                await Task.Yield();
                await world.Delay(Scenario.Milliseconds(1));
            }
        }).Run(random, new Journal());

        Assert.Equal((TimelineEnd.Good, 0L), (end, random.TotalCount));
    }

    [Fact]
    public void A_yield_and_its_pick_allocate_nothing()
    {
        long bytes = -1;

        Scenario.RunWell(async _ =>
        {
            await YieldAsync(1000);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Task one = YieldAsync(20_000);
            Task other = YieldAsync(20_000);
            await one;
            await other;
            bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        });

        // The two state machines, and who waits for them.
        Assert.InRange(bytes, 0, 1000);
    }

    [Fact]
    public void Starting_a_world_allocates_less_than_half_a_kilobyte()
    {
        SimulationTarget target = Scenario.Target(_ => Task.CompletedTask);
        var random = new RandomSource(1);
        var journal = new Journal();
        for (int i = 0; i < 100; i++)
        {
            target.Run(random, journal);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        target.Run(random, journal);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 512);
    }

    [Fact]
    public void Tasks_of_the_world_s_scheduler_run_on_its_thread_in_a_seeded_order()
    {
        int thread = Environment.CurrentManagedThreadId;

        HashSet<string> orders = [];
        for (ulong seed = 0; seed < 40; seed++)
        {
            Scenario.RunWell(
                async world =>
                {
                    string order = "";
                    Task[] tasks = [.. Enumerable.Range(0, 3).Select(i => Task.Factory.StartNew(
                        () =>
                        {
                            Assert.Equal(thread, Environment.CurrentManagedThreadId);
                            order += i;
                        },
                        CancellationToken.None,
                        TaskCreationOptions.None,
                        world.Tasks))];
                    await Task.WhenAll(tasks);
                    orders.Add(order);
                },
                seed);
        }

        Assert.Equal(6, orders.Count);
    }

    [Fact]
    public void The_culture_is_invariant_in_a_world_and_as_before_after_it()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        other.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo.CurrentCulture = other;
        string inside = "";
        try
        {
            Scenario.RunWell(async _ =>
            {
                await Task.Yield();
                inside = 1.5.ToString(CultureInfo.CurrentCulture);
            });

            Assert.Equal("1.5", inside);
            Assert.Same(other, CultureInfo.CurrentCulture);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void An_async_local_of_a_run_does_not_leave_it()
    {
        var local = new AsyncLocal<int>();

        Scenario.RunWell(_ =>
        {
            local.Value = 5;
            return Task.CompletedTask;
        });

        Assert.Equal(0, local.Value);
    }

    [Fact]
    public void After_a_run_the_thread_is_as_it_was()
    {
        SynchronizationContext? before = SynchronizationContext.Current;

        Scenario.Run(_ => throw new InvalidOperationException());

        Assert.Null(World.Current);
        Assert.Same(before, SynchronizationContext.Current);
        Assert.Null(Edgewise.Annotations.SimulationHooks.Current);
    }

    private static async Task YieldAsync(int times)
    {
        for (int i = 0; i < times; i++)
        {
            await Task.Yield();
        }
    }

    private static (string Log, long Draws) Interleave(ulong seed)
    {
        string log = "";
        var random = new RandomSource(seed);
        TimelineEnd end = Scenario.Target(async world =>
        {
            async Task Work(char name)
            {
                for (int i = 0; i < 5; i++)
                {
                    await (i % 2 == 0 ? world.Delay(Scenario.Milliseconds(10)) : Task.Delay(Scenario.Milliseconds(5), world.Time));
                    log += name;
                    await Task.Yield();
                    log += char.ToUpperInvariant(name);
                }
            }

            await Task.WhenAll("abcde".Select(Work));
        }).Run(random, new Journal());
        Assert.Equal(TimelineEnd.Good, end);
        return (log, random.TotalCount);
    }
}
