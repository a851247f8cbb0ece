using Edgewise.Simulation;
using Edgewise.Simulation.Links;
using Edgewise.Simulation.Processes;

namespace Edgewise.Tests.Simulation.Links;

public sealed class NetworkTests
{
    [Fact]
    public void A_message_takes_the_latency_of_its_link()
    {
        List<double> times = Exchange(100, new LinkOptions { Latency = Latency.Uniform(Scenario.Milliseconds(3), Scenario.Milliseconds(4)) }, Scenario.Milliseconds(10)).Times;

        Assert.Equal(100, times.Count);
        Assert.All(times, time => Assert.InRange(time % 10, 3, 4));
    }

    [Fact]
    public void Messages_keep_their_order_unless_they_are_reordered()
    {
        var slow = new LinkOptions { Latency = Latency.Uniform(TimeSpan.Zero, Scenario.Milliseconds(100)) };

        List<int> ordered = Exchange(200, slow, TimeSpan.Zero).Received;
        List<int> shuffled = Exchange(200, slow with { Reordering = 0.3 }, TimeSpan.Zero).Received;

        Assert.Equal(Enumerable.Range(0, 200), ordered);
        Assert.NotEqual(ordered, shuffled);
        Assert.Equal(ordered, shuffled.Order());
    }

    [Fact]
    public void Messages_are_lost_and_duplicated_as_often_as_the_link_says()
    {
        List<int> lossy = Exchange(2000, new LinkOptions { Loss = 0.1 }, TimeSpan.Zero).Received;
        List<int> doubled = Exchange(2000, new LinkOptions { Duplication = 0.1 }, TimeSpan.Zero).Received;

        // Four standard deviations of a binomial of 2,000 and one tenth.
        Assert.InRange(lossy.Count, 1800 - 54, 1800 + 54);
        Assert.InRange(doubled.Count, 2200 - 54, 2200 + 54);
        Assert.Equal(2000, doubled.Distinct().Count());
    }

    [Fact]
    public void The_same_seed_delivers_at_the_same_times()
    {
        var faulty = new LinkOptions { Loss = 0.1, Duplication = 0.1, Reordering = 0.1 };

        (List<int> Received, List<double> Times) first = Exchange(300, faulty, Scenario.Milliseconds(1));
        (List<int> Received, List<double> Times) again = Exchange(300, faulty, Scenario.Milliseconds(1));

        Assert.Equal(first.Received, again.Received);
        Assert.Equal(first.Times, again.Times);
    }

    [Fact]
    public void A_partition_stops_both_directions_until_it_heals()
    {
        WithThree(async (world, all, received) =>
        {
            world.Network.Isolate(all[0]);
            await SendEachOtherAsync(world, all);
            Assert.Equal(["1>2", "2>1"], received.Order(StringComparer.Ordinal));
            Assert.True(world.Network.IsCut(all[0], all[2]));
            Assert.Equal(4, world.Network.LostCount);

            received.Clear();
            world.Network.Heal();
            await SendEachOtherAsync(world, all);
            Assert.Equal(6, received.Count);
        });
    }

    [Fact]
    public void A_one_way_cut_stops_one_direction()
    {
        WithThree(async (world, all, received) =>
        {
            world.Network.CutOneWay(all[0], all[1]);
            await SendEachOtherAsync(world, all);
            Assert.DoesNotContain("0>1", received);
            Assert.Equal(5, received.Count);
        });
    }

    [Fact]
    public void What_is_under_way_outlives_its_sender_as_a_datagram_but_not_as_a_connection()
    {
        WithThree(async (world, all, received) =>
        {
            all[0].Send(all[1], 0);
            all[0].Crash();
            await world.Delay(Scenario.Milliseconds(10));
            Assert.Equal(["0>1"], received);

            received.Clear();
            world.Network.DropsTrafficOfCrashes = true;
            all[1].Send(all[2], 1);
            all[2].Send(all[1], 2);
            all[1].Crash();
            await world.Delay(Scenario.Milliseconds(10));
            Assert.Empty(received);
            Assert.Equal(2, world.Network.LostCount);
        });
    }

    [Fact]
    public void A_message_for_a_process_that_is_down_is_lost_and_one_for_its_next_life_arrives()
    {
        WithThree(async (world, all, received) =>
        {
            all[1].Crash();
            all[0].Send(all[1], 0);
            await world.Delay(Scenario.Milliseconds(10));
            Assert.Equal(1, world.Network.LostCount);

            all[0].Send(all[1], 0);
            all[1].Restart();
            await world.Delay(Scenario.Milliseconds(10));
            Assert.Equal(["0>1"], received);
        });
    }

    [Fact]
    public void A_link_of_its_own_options_differs_from_the_others()
    {
        WithThree(async (world, all, received) =>
        {
            world.Network.SetLink(all[0], all[1], new LinkOptions { Latency = Latency.Fixed(TimeSpan.FromSeconds(1)) });
            await SendEachOtherAsync(world, all);
            Assert.DoesNotContain("0>1", received);
            await world.Delay(TimeSpan.FromSeconds(1));
            Assert.Contains("0>1", received);
        });
    }

    [Fact]
    public void A_wait_for_a_message_can_be_cancelled_and_the_next_message_is_not_lost()
    {
        WithThree(async (world, all, _) =>
        {
            List<string> log = [];
            SimulatedProcess late = world.StartProcess("late", async self =>
            {
                using var source = new CancellationTokenSource(Scenario.Milliseconds(20), world.Time);
                await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await self.ReceiveAsync(source.Token));
                await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await self.ReceiveAsync(source.Token));
                log.Add($"cancelled {world.Elapsed.TotalMilliseconds}");
                log.Add($"got {(await self.ReceiveAsync()).Body}");
            });
            await world.Delay(Scenario.Milliseconds(30));
            all[0].Send(late, "x");
            await late.Exited;
            Assert.Equal(["cancelled 21", "got x"], log);
        });
    }

    [Fact]
    public void Two_do_not_wait_for_one_mailbox()
    {
        WithThree(async (world, _, _) =>
        {
            SimulatedProcess process = world.StartProcess("torn", async self =>
            {
                _ = self.ReceiveAsync(CancellationToken.None).AsTask();
                await Assert.ThrowsAsync<InvalidOperationException>(async () => await self.ReceiveAsync(CancellationToken.None));
            });
            await process.Exited;
        });
    }

    [Fact]
    public void A_message_through_a_link_allocates_little()
    {
        long bytes = -1;
        Scenario.RunWell(async world =>
        {
            object message = new();
            SimulatedProcess one = world.StartProcess("one", EchoAsync);
            SimulatedProcess other = world.StartProcess("other", EchoAsync);
            await Task.Yield();
            one.Send(other, message);
            await world.Delay(TimeSpan.FromSeconds(10));
            long sent = world.Network.SentCount;
            long before = GC.GetAllocatedBytesForCurrentThread();
            await world.Delay(TimeSpan.FromSeconds(100));
            bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / (world.Network.SentCount - sent);

            static async Task EchoAsync(SimulatedProcess self)
            {
                while (true)
                {
                    Message message = await self.ReceiveAsync();
                    self.Send(message.From, message.Body);
                }
            }
        });

        Assert.Equal(0, bytes);
    }

    private static (List<int> Received, List<double> Times) Exchange(int count, LinkOptions options, TimeSpan pause)
    {
        List<int> received = [];
        List<double> times = [];
        Scenario.RunWell(async world =>
        {
            world.Network.Options = options;
            SimulatedProcess receiver = world.StartProcess("receiver", async self =>
            {
                while (true)
                {
                    received.Add((int)(await self.ReceiveAsync()).Body);
                    times.Add(world.Elapsed.TotalMilliseconds);
                }
            });
            world.StartProcess("sender", async self =>
            {
                for (int i = 0; i < count; i++)
                {
                    self.Send(receiver, i);
                    if (pause > TimeSpan.Zero)
                    {
                        await world.Delay(pause);
                    }
                }
            });
            await world.Delay(TimeSpan.FromMinutes(1));
        });
        return (received, times);
    }

    // Three that write down what they receive, as "from>to".
    private static void WithThree(Func<World, SimulatedProcess[], List<string>, Task> body) => Scenario.RunWell(async world =>
    {
        List<string> received = [];
        SimulatedProcess[] all = [.. Enumerable.Range(0, 3).Select(i => world.StartProcess($"process-{i}", async self =>
        {
            while (true)
            {
                Message message = await self.ReceiveAsync();
                received.Add($"{message.From.Index}>{self.Index}");
            }
        }))];
        await world.Delay(Scenario.Milliseconds(1));
        await body(world, all, received);
    });

    private static async Task SendEachOtherAsync(World world, SimulatedProcess[] all)
    {
        foreach (SimulatedProcess from in all)
        {
            foreach (SimulatedProcess to in all.Where(to => to != from))
            {
                from.Send(to, from.Index);
            }
        }

        await world.Delay(Scenario.Milliseconds(10));
    }
}
