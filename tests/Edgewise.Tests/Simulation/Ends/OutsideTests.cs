using Edgewise.Exploration;
using Edgewise.Exploration.Journals;
using Edgewise.Exploration.Randomness;
using Edgewise.Simulation;

namespace Edgewise.Tests.Simulation.Ends;

/// <summary>What a world cannot simulate, and what reaches it from elsewhere.</summary>
public sealed class OutsideTests
{
    [Fact]
    public void A_blocking_wait_is_reported_even_if_its_exception_is_swallowed()
    {
        string wait = "";
        // One target for all: it waits for a real thread the first time only.
        SimulationTarget target = Scenario.Target(async _ =>
        {
            await Task.Yield();
            try
            {
                Block(wait);
            }
            catch (Exception)
            {
                await Task.Yield();
            }
        });

        foreach (string each in (string[])["task", "result", "event", "semaphore", "monitor"])
        {
            wait = each;
            TimelineEnd end = target.Run(new RandomSource(1), new Journal());

            Assert.Equal(BugKind.Exception, end.Bug);
            Assert.StartsWith("not simulated: a blocking wait in Edgewise.Tests.Simulation.Ends.OutsideTests.Block", end.Signature, StringComparison.Ordinal);
            Assert.Contains("await instead", end.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_lock_that_another_thread_holds_for_a_moment_is_waited_for()
    {
        object gate = new();
        using var isHeld = new ManualResetEventSlim();
        var holder = new Thread(() =>
        {
            lock (gate)
            {
                isHeld.Set();
                Thread.Sleep(30);
            }
        });
        holder.Start();
        isHeld.Wait(TestContext.Current.CancellationToken);
        bool entered = false;

        Scenario.RunWell(async _ =>
        {
            await Task.Yield();
            lock (gate)
            {
                entered = true;
            }
        });

        holder.Join();
        Assert.True(entered);
    }

    [Fact]
    public void A_real_thread_that_completes_a_task_is_reported()
    {
        // A thread of its own: those of the pool may be busy with other tests for longer than a world waits.
        TimelineEnd end = Scenario.Run(async _ =>
        {
            var done = new TaskCompletionSource();
            new Thread(() =>
            {
                Thread.Sleep(5);
                done.SetResult();
            }).Start();
            await done.Task;
        });

        Assert.Equal((BugKind.Exception, "not simulated: a real thread reached the world"), (end.Bug, end.Signature));
    }

    [Fact]
    public void Work_for_a_world_that_ended_is_dropped_and_counted()
    {
        var never = new TaskCompletionSource();
        bool ran = false;
        SimulationTarget target = Scenario.Target(world =>
        {
            _ = WaitAsync();
            return Task.CompletedTask;
        });
        async Task WaitAsync()
        {
            await never.Task;
            ran = true;
        }

        TimelineEnd end = target.Run(new RandomSource(1), new Journal());
        never.SetResult();

        Assert.Equal(TimelineEnd.Good, end);
        Assert.False(ran);
        Assert.Equal(1, target.LatePosts);
    }

    [Fact]
    public void A_task_that_the_next_run_completes_does_not_bring_the_last_one_back()
    {
        TaskCompletionSource? kept = null;
        int continued = 0;
        SimulationTarget target = Scenario.Target(async world =>
        {
            kept?.SetResult();
            kept = new TaskCompletionSource();
            _ = WaitAsync(kept.Task);
            await world.Delay(Scenario.Milliseconds(1));
        });
        async Task WaitAsync(Task task)
        {
            await task;
            continued++;
        }

        TimelineEnd[] ends = [.. Enumerable.Range(0, 3).Select(_ => target.Run(new RandomSource(1), new Journal()))];

        Assert.All(ends, end => Assert.Equal(TimelineEnd.Good, end));
        Assert.Equal(0, continued);
    }

    [Fact]
    public void A_timer_of_a_world_that_ended_does_not_touch_the_next_one()
    {
        ITimer? kept = null;
        List<int> fired = [];
        SimulationTarget target = Scenario.Target(async world =>
        {
            // The old timer stood first in the heap, where now a new one stands.
            using ITimer timer = world.Time.CreateTimer(_ => fired.Add(1), null, Scenario.Milliseconds(1), Timeout.InfiniteTimeSpan);
            kept?.Dispose();
            kept = world.Time.CreateTimer(_ => fired.Add(2), null, Scenario.Milliseconds(100), Timeout.InfiniteTimeSpan);
            await world.Delay(Scenario.Milliseconds(10));
        });

        target.Run(new RandomSource(1), new Journal());
        target.Run(new RandomSource(1), new Journal());

        Assert.Equal([1, 1], fired);
    }

    [Fact]
    public void A_simulation_inside_of_another_has_a_world_of_its_own()
    {
        TimelineEnd? inner = null;
        World? innerWorld = null;

        Scenario.RunWell(async world =>
        {
            await world.Delay(Scenario.Milliseconds(5));
            inner = Scenario.Run(async nested =>
            {
                innerWorld = World.Current;
                await nested.Delay(Scenario.Milliseconds(7));
                Assert.Equal(Scenario.Milliseconds(7), nested.Elapsed);
            });
            Assert.Same(world, World.Current);
            await world.Delay(Scenario.Milliseconds(5));
            Assert.Equal(Scenario.Milliseconds(10), world.Elapsed);
        });

        Assert.Equal(TimelineEnd.Good, inner);
        Assert.NotNull(innerWorld);
    }

    [Fact]
    public void Awaiting_a_task_of_another_simulation_is_reported()
    {
        TimelineEnd? inner = null;

        Scenario.RunWell(async world =>
        {
            Task ours = TakeTimeAsync(world);
            inner = Scenario.Run(async _ => await ours);
            await ours;
        });

        Assert.Equal(BugKind.Exception, inner!.Bug);
        Assert.Contains("a task of another simulation is awaited in Edgewise.Tests", inner.Signature, StringComparison.Ordinal);
    }

    [Fact]
    public void A_task_that_another_simulation_completes_is_reported()
    {
        TimelineEnd end = Scenario.Run(async _ =>
        {
            var source = new TaskCompletionSource();
            async Task WaitAsync() => await source.Task;
            Task waiting = WaitAsync();
            Scenario.Run(_ =>
            {
                source.SetResult();
                return Task.CompletedTask;
            });
            await waiting;
        });

        Assert.Equal((BugKind.Exception, "not simulated: another simulation reached the world"), (end.Bug, end.Signature));
    }

    [Fact]
    public void A_simulation_that_runs_itself_is_reported()
    {
        SimulationTarget? target = null;
        TimelineEnd? inner = null;
        target = Scenario.Target(_ =>
        {
            inner = target!.Run(new RandomSource(1), new Journal());
            return Task.CompletedTask;
        });

        TimelineEnd outer = target.Run(new RandomSource(1), new Journal());

        Assert.Equal(TimelineEnd.Good, outer);
        Assert.Equal("a simulation ran itself", inner!.Signature);
    }

    private static async Task TakeTimeAsync(World world) => await world.Delay(Scenario.Milliseconds(50));

    private static void Block(string wait)
    {
        var never = new TaskCompletionSource<int>();
        using var signal = new ManualResetEvent(false);
        using var semaphore = new SemaphoreSlim(0);
        switch (wait)
        {
            case "task":
                never.Task.Wait(TestContext.Current.CancellationToken);
                break;
            case "result":
                _ = never.Task.Result;
                break;
            case "event":
                signal.WaitOne();
                break;
            case "semaphore":
                semaphore.Wait(TestContext.Current.CancellationToken);
                break;
            default:
                lock (never)
                {
                    Monitor.Wait(never);
                }

                break;
        }
    }
}
