using Edgewise.Annotations;
using Edgewise.Exploration;
using Edgewise.Exploration.Journals;
using Edgewise.Exploration.Randomness;
using Edgewise.Simulation;
using Edgewise.Simulation.Links;
using Edgewise.Simulation.Processes;

namespace Edgewise.Tests.Simulation;

public sealed class DocumentationTests
{
    [Fact]
    public void The_simulation_of_the_page_holds_what_it_says()
    {
        var journal = new Journal();

        TimelineEnd end = new SimulationTarget(() => new CounterSimulation()).Run(new RandomSource(1), journal);

        Assert.Equal(TimelineEnd.Good, end);
        Assert.Equal((1, 0), (Assert.Single(journal.Tallies).Holds, journal.Tallies[0].Fails));
    }

    // As docs/simulation.md has it.
    [Simulation("counter")]
    public sealed class CounterSimulation : ISimulation
    {
        public async Task RunAsync(World world)
        {
            SimulatedProcess server = world.StartProcess("server", async self =>
            {
                for (int count = 1; ; count++)
                {
                    Message message = await self.ReceiveAsync();
                    self.Send(message.From, count);
                }
            });
            SimulatedProcess client = world.StartProcess("client", async self =>
            {
                self.Send(server, "add one");
                Property.Always((int)(await self.ReceiveAsync()).Body == 1, "the first count is one");
            });
            await client.Exited.WaitAsync(TimeSpan.FromSeconds(10), world.Time);
        }
    }
}
