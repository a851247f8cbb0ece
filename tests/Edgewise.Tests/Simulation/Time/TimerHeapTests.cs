using Edgewise.Exploration.Randomness;
using Edgewise.Simulation;
using Edgewise.Simulation.Scheduling;
using Edgewise.Simulation.Time;

namespace Edgewise.Tests.Simulation.Time;

public sealed class TimerHeapTests
{
    [Fact]
    public void A_heap_gives_what_a_sorted_list_gives_whatever_is_added_and_removed()
    {
        var random = new RandomSource(5);
        var world = new World(WorldOptions.Default, new WorldParts(), random);
        WorldContext[] contexts = [.. Enumerable.Range(0, 4).Select(_ => new WorldContext(world, null))];
        var heap = new TimerHeap();
        var model = new List<(long Due, int Sequence, Probe Work)>();

        for (int i = 0; i < 20_000; i++)
        {
            int choice = random.Below(100);
            if (choice < 55)
            {
                var work = new Probe(contexts[random.Below(4)]);
                long due = random.Below(50);
                heap.Add(work, due);
                model.Add((due, i, work));
            }
            else if (choice < 75 && model.Count > 0)
            {
                int place = random.Below(model.Count);
                heap.Remove(model[place].Work);
                model.RemoveAt(place);
            }
            else if (choice < 99 && model.Count > 0)
            {
                (long due, int sequence, Probe work) = model.MinBy(entry => (entry.Due, entry.Sequence));
                Assert.Equal(due, heap.FirstDue);
                Assert.Same(work, heap.TakeFirst());
                Assert.Equal(-1, work.Place);
                model.Remove((due, sequence, work));
            }
            else
            {
                WorldContext context = contexts[random.Below(4)];
                heap.Remove(context);
                model.RemoveAll(entry => entry.Work.Context == context);
            }

            Assert.Equal(model.Count, heap.Count);
        }
    }

    private sealed class Probe(WorldContext context) : TimedWork
    {
        public override WorldContext Context => context;

        public override void Fire() => throw new InvalidOperationException("nothing fires here");
    }
}
