using System.Text;
using Edgewise.Exploration;
using Edgewise.Simulation;
using Edgewise.Simulation.Links;
using Edgewise.Simulation.Processes;

namespace Edgewise.Tests.Simulation.Processes;

public sealed class ProcessTests
{
    [Fact]
    public void A_crash_drops_what_a_process_waits_for_and_its_timers()
    {
        List<string> log = [];

        Scenario.RunWell(async world =>
        {
            SimulatedProcess process = world.StartProcess("server", async server =>
            {
                using ITimer timer = world.Time.CreateTimer(_ => log.Add("timer"), null, Scenario.Milliseconds(10), Timeout.InfiniteTimeSpan);
                log.Add("up");
                try
                {
                    await world.Delay(Scenario.Milliseconds(20));
                    log.Add("later");
                }
                finally
                {
                    log.Add("finally");
                }
            });
            await world.Delay(Scenario.Milliseconds(5));

            process.Crash();

            Assert.False(process.IsRunning);
            await world.Delay(Scenario.Milliseconds(100));
        });

        Assert.Equal(["up"], log);
    }

    [Fact]
    public void A_crash_drops_what_is_ready_too()
    {
        // Over many seeds both orders happen: the crash before the step that is ready, and after it.
        HashSet<int> steps = [];
        for (ulong seed = 0; seed < 50; seed++)
        {
            int count = 0;
            Scenario.RunWell(
                async world =>
                {
                    SimulatedProcess process = world.StartProcess("server", async _ =>
                    {
                        while (true)
                        {
                            await Task.Yield();
                            count++;
                        }
                    });
                    await Task.Yield();
                    process.Crash();
                    int atCrash = count;
                    await world.Delay(Scenario.Milliseconds(1));
                    Assert.Equal(atCrash, count);
                    steps.Add(count);
                },
                seed);
        }

        Assert.Superset(new HashSet<int> { 0, 1 }, steps);
    }

    [Fact]
    public void A_process_starts_again_with_its_disk_and_nothing_else()
    {
        List<string> log = [];

        Scenario.RunWell(async world =>
        {
            SimulatedProcess process = world.StartProcess("server", async server =>
            {
                string found = server.Disk.TryRead("name", out ReadOnlyMemory<byte> bytes) ? Encoding.UTF8.GetString(bytes.Span) : "nothing";
                log.Add($"{server.Incarnation} {found}");
                server.Disk.Write("name", "kept"u8);
                await server.ReceiveAsync();
                log.Add("message");
            });
            SimulatedProcess sender = world.StartProcess("sender", async self =>
            {
                await world.Delay(Scenario.Milliseconds(50));
                self.Send(process, "to the first");
                await world.Delay(Scenario.Milliseconds(1000));
            });
            await world.Delay(Scenario.Milliseconds(10));
            process.Restart();
            await world.Delay(Scenario.Milliseconds(100));
            Assert.Equal(["0 nothing", "1 kept", "message"], log);
            Assert.True(process.Exited.IsCompleted);
            Assert.True(sender.IsRunning);
        });
    }

    [Fact]
    public void Who_waits_goes_on_as_itself_whoever_completes_the_task()
    {
        Scenario.RunWell(async world =>
        {
            var signal = new TaskCompletionSource();
            SimulatedProcess? runsAs = null;
            SimulatedProcess waiting = world.StartProcess("waiting", async self =>
            {
                await signal.Task;
                runsAs = world.CurrentProcess;
            });
            world.StartProcess("completing", async self =>
            {
                await world.Delay(Scenario.Milliseconds(1));
                signal.SetResult();
                Assert.Same(self, world.CurrentProcess);
            });

            await waiting.Exited;

            Assert.Same(waiting, runsAs);
            Assert.Null(world.CurrentProcess);
        });
    }

    [Fact]
    public void A_process_that_crashes_itself_is_not_heard_any_more()
    {
        Scenario.RunWell(async world =>
        {
            List<object> heard = [];
            SimulatedProcess listener = world.StartProcess("listener", async self =>
            {
                while (true)
                {
                    heard.Add((await self.ReceiveAsync()).Body);
                }
            });
            SimulatedProcess process = world.StartProcess("server", async self =>
            {
                self.Send(listener, "before");
                self.Crash();
                self.Send(listener, "after");
                await Task.Yield();
                self.Send(listener, "much later");
            });
            await world.Delay(Scenario.Milliseconds(100));

            Assert.False(process.IsRunning);
            Assert.Equal(["before"], heard);
        });
    }

    [Fact]
    public void A_shutdown_gives_a_process_time_to_end()
    {
        Scenario.RunWell(async world =>
        {
            bool saved = false;
            SimulatedProcess process = world.StartProcess("server", async self =>
            {
                try
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, world.Time, self.Stopping);
                }
                finally
                {
                    await world.Delay(Scenario.Milliseconds(30));
                    saved = true;
                }
            });
            await world.Delay(Scenario.Milliseconds(5));

            await process.ShutdownAsync(TimeSpan.FromSeconds(1));

            Assert.True(saved);
            Assert.False(process.IsRunning);
            Assert.Equal(Scenario.Milliseconds(35), world.Elapsed);
        });
    }

    [Fact]
    public void A_shutdown_that_takes_too_long_is_a_crash()
    {
        Scenario.RunWell(async world =>
        {
            int crashes = 0;
            SimulatedProcess process = world.StartProcess("server", async _ => await Task.Delay(Timeout.InfiniteTimeSpan, world.Time));
            process.Crashed += (_, _) => crashes++;

            await process.ShutdownAsync(TimeSpan.FromSeconds(1));

            Assert.False(process.IsRunning);
            Assert.Equal(1, crashes);
            Assert.Equal(TimeSpan.FromSeconds(1), world.Elapsed);
        });
    }

    [Fact]
    public void An_exception_of_a_process_is_a_bug()
    {
        TimelineEnd end = Scenario.Run(async world =>
        {
            world.StartProcess("server", async _ =>
            {
                await Task.Yield();
                throw new InvalidOperationException("bad state");
            });
            await world.Delay(Scenario.Milliseconds(10));
        });

        Assert.Equal(BugKind.Exception, end.Bug);
        Assert.Contains("bad state", end.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_processes_do_not_share_a_name()
    {
        Scenario.RunWell(world =>
        {
            world.StartProcess("server", _ => Task.CompletedTask);
            Assert.Throws<ArgumentException>(() => world.StartProcess("server", _ => Task.CompletedTask));
            Assert.Equal("server", Assert.Single(world.Processes).Name);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public void A_process_that_does_not_run_receives_nothing()
    {
        Scenario.RunWell(async world =>
        {
            SimulatedProcess process = world.StartProcess("server", _ => Task.CompletedTask);
            await process.Exited;

            await Assert.ThrowsAsync<InvalidOperationException>(async () => await process.ReceiveAsync(CancellationToken.None));
            Assert.Throws<InvalidOperationException>(() => process.Stopping);
        });
    }

    [Fact]
    public void A_disk_lists_its_keys_in_order_and_forgets_what_is_deleted()
    {
        var disk = new DurableStore();
        disk.Write("b", [1]);
        disk.Write("a", [2]);
        disk.Write("b", [3]);

        Assert.Equal(["a", "b"], disk.Keys);
        Assert.True(disk.TryRead("b", out ReadOnlyMemory<byte> value));
        Assert.Equal([3], value.ToArray());
        Assert.True(disk.Delete("a"));
        Assert.False(disk.Delete("a"));
        disk.Wipe();
        Assert.Empty(disk.Keys);
    }
}
