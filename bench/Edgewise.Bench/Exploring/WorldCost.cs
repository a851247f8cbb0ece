using System.Diagnostics;
using Edgewise.Exploration.Journals;
using Edgewise.Exploration.Randomness;
using Edgewise.Simulation;

namespace Edgewise.Bench.Exploring;

/// <summary>What the world adds: one await with its pick of ready work, in time and bytes, and the start of a run.</summary>
internal static class WorldCost
{
    private const int Awaits = 200_000;
    private const int Starts = 100_000;
    private const int Measurements = 21;

    /// <summary>Takes the figures.</summary>
    public static IEnumerable<Measurement> Measure(BenchOptions options, Action<string> report)
    {
        foreach (int ready in (int[])[1, 4])
        {
            var simulation = new Yielding(ready);
            Run(simulation);
            double best = double.MaxValue;
            long bytes = long.MaxValue;
            for (int i = options.Rounds(Measurements); i > 0; i--)
            {
                Run(simulation);
                best = Math.Min(best, simulation.Nanoseconds);
                bytes = Math.Min(bytes, simulation.Bytes);
            }

            yield return new($"world.await.{ready}-ready", best, "ns", 150);
            yield return new($"world.await.{ready}-ready.bytes", (double)bytes / Awaits, "bytes", 0.01);
        }

        var target = new SimulationTarget(() => new Nothing());
        var (random, journal) = (new RandomSource(1), new Journal());
        double start = double.MaxValue;
        for (int i = options.Rounds(Measurements); i > 0; i--)
        {
            long begin = Stopwatch.GetTimestamp();
            for (int run = 0; run < Starts; run++)
            {
                journal.Clear();
                target.Run(random, journal);
            }

            start = Math.Min(start, Stopwatch.GetElapsedTime(begin).TotalNanoseconds / Starts);
        }

        yield return new("world.start", start, "ns");
    }

    private static void Run(Yielding simulation) => new SimulationTarget(() => simulation).Run(new RandomSource(1), new Journal());

    private sealed class Nothing : ISimulation
    {
        public Task RunAsync(World world) => Task.CompletedTask;
    }

    /// <summary>Tasks that only yield to one another.</summary>
    private sealed class Yielding(int tasks) : ISimulation
    {
        public double Nanoseconds { get; private set; }

        public long Bytes { get; private set; }

        public async Task RunAsync(World world)
        {
            await YieldAsync(1000);
            long bytes = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            var others = new Task[tasks];
            for (int i = 0; i < tasks; i++)
            {
                others[i] = YieldAsync(Awaits / tasks);
            }

            // Not WhenAll: its own objects are not what is measured.
            foreach (Task other in others)
            {
                await other;
            }

            Nanoseconds = Stopwatch.GetElapsedTime(start).TotalNanoseconds / Awaits;
            Bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        }

        private static async Task YieldAsync(int times)
        {
            for (int i = 0; i < times; i++)
            {
                await Task.Yield();
            }
        }
    }
}
