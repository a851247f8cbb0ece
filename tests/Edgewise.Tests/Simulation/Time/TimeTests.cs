using Edgewise.Exploration;
using Edgewise.Simulation;
using Edgewise.Simulation.Time;

namespace Edgewise.Tests.Simulation.Time;

public sealed class TimeTests
{
    [Fact]
    public void Time_begins_at_a_fixed_date_and_jumps_to_what_is_waited_for()
    {
        Scenario.RunWell(async world =>
        {
            Assert.Equal(new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero), world.Time.GetUtcNow());
            long before = world.Time.GetTimestamp();

            await Task.Delay(TimeSpan.FromMinutes(10), world.Time, TestContext.Current.CancellationToken);

            Assert.Equal(WorldTime.Start.AddMinutes(10), world.Time.GetUtcNow());
            Assert.Equal(world.Time.GetUtcNow(), world.Time.GetLocalNow());
            Assert.Equal(TimeSpan.FromMinutes(10), world.Time.GetElapsedTime(before));
        });
    }

    [Fact]
    public void Time_stands_still_while_anything_is_ready()
    {
        Scenario.RunWell(async world =>
        {
            Task later = world.Delay(Scenario.Milliseconds(1), TestContext.Current.CancellationToken);
            for (int i = 0; i < 100; i++)
            {
                await Task.Yield();
                Assert.Equal(TimeSpan.Zero, world.Elapsed);
            }

            await later;
        });
    }

    [Fact]
    public void The_seed_orders_what_is_due_at_the_same_instant_and_nothing_else()
    {
        HashSet<string> orders = [];
        for (ulong seed = 0; seed < 100; seed++)
        {
            Scenario.RunWell(
                async world =>
                {
                    string order = "";
                    async Task Wait(int milliseconds, char name)
                    {
                        await world.Delay(Scenario.Milliseconds(milliseconds));
                        order += name;
                    }

                    await Task.WhenAll(Wait(5, 'c'), Wait(3, 'a'), Wait(5, 'd'), Wait(3, 'b'));
                    orders.Add(order);
                },
                seed);
        }

        Assert.Equal(["abcd", "abdc", "bacd", "badc"], orders.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_periodic_timer_keeps_its_period_and_a_change_sets_it_anew()
    {
        List<double> times = [];

        Scenario.RunWell(async world =>
        {
            using ITimer timer = world.Time.CreateTimer(_ => times.Add(world.Elapsed.TotalMilliseconds), null, Scenario.Milliseconds(5), Scenario.Milliseconds(10));
            await world.Delay(Scenario.Milliseconds(30));
            timer.Change(Scenario.Milliseconds(1), Timeout.InfiniteTimeSpan);
            await world.Delay(Scenario.Milliseconds(100));
        });

        Assert.Equal([5, 15, 25, 31], times);
    }

    [Fact]
    public void A_timer_that_is_stopped_or_set_anew_after_its_time_came_does_not_fire_for_it()
    {
        HashSet<string> seen = [];
        for (ulong seed = 0; seed < 50; seed++)
        {
            string fired = "";
            Scenario.RunWell(
                async world =>
                {
                    ITimer? one = null;
                    ITimer? other = null;
                    one = world.Time.CreateTimer(_ => Fire("a", () => other!.Dispose()), null, Scenario.Milliseconds(1), Timeout.InfiniteTimeSpan);
                    other = world.Time.CreateTimer(
                        _ => Fire("b", () => one.Change(Scenario.Milliseconds(9), Timeout.InfiniteTimeSpan)), null, Scenario.Milliseconds(1), Timeout.InfiniteTimeSpan);
                    await world.Delay(Scenario.Milliseconds(50));

                    void Fire(string name, Action act)
                    {
                        fired += name + world.Elapsed.TotalMilliseconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
                        act();
                    }
                },
                seed);
            seen.Add(fired);
        }

        Assert.Equal(["a1", "b1a10"], seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Cancellation_and_periodic_timers_of_the_framework_keep_virtual_time()
    {
        Scenario.RunWell(async world =>
        {
            using var source = new CancellationTokenSource(TimeSpan.FromSeconds(35), world.Time);
            using var ticks = new PeriodicTimer(TimeSpan.FromSeconds(10), world.Time);
            int count = 0;
            try
            {
                while (await ticks.WaitForNextTickAsync(source.Token))
                {
                    count++;
                }
            }
            catch (OperationCanceledException)
            {
                count += 100;
            }

            Assert.Equal(103, count);
            Assert.Equal(TimeSpan.FromSeconds(35), world.Elapsed);
        });
    }

    [Fact]
    public void A_timer_runs_in_the_flow_of_async_locals_that_it_was_made_in()
    {
        var local = new AsyncLocal<string>();
        string? seen = null;

        Scenario.RunWell(async world =>
        {
            local.Value = "made";
            using ITimer timer = world.Time.CreateTimer(_ => seen = local.Value, null, Scenario.Milliseconds(1), Timeout.InfiniteTimeSpan);
            local.Value = "later";
            await world.Delay(Scenario.Milliseconds(2));
        });

        Assert.Equal("made", seen);
    }

    [Fact]
    public void A_timer_does_not_take_a_time_that_no_timer_takes()
    {
        Scenario.RunWell(world =>
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => world.Time.CreateTimer(_ => { }, null, Scenario.Milliseconds(-2), TimeSpan.Zero));
            Assert.Throws<ArgumentOutOfRangeException>(() => world.Time.CreateTimer(_ => { }, null, TimeSpan.Zero, TimeSpan.FromDays(50)));
            return Task.CompletedTask;
        });
    }

    [Fact]
    public void A_budget_is_positive()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new WorldOptions { VirtualTimeBudget = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new WorldOptions { StepBudget = 0 });
    }
}
