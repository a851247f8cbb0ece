using System.Diagnostics;
using Edgewise.Exploration.Engines;
using Edgewise.Exploration.Engines.Forking;
using Edgewise.Exploration.Engines.Workers;
using Edgewise.Exploration.Recipes;

namespace Edgewise.Bench.Engines;

/// <summary>What engines add to a trivial run: a job alone, from submission to result, and many in rounds.</summary>
internal static class EngineCost
{
    /// <summary>First argument of a worker; the slot is the second.</summary>
    public const string Argument = "engine-worker";

    private const double RoundTripGoal = 20;
    private const int Jobs = 20_000;
    private const int ForkedJobs = 300;
    private const int Round = 64;

    /// <summary>Takes the figures.</summary>
    public static IEnumerable<Measurement> Measure(BenchOptions options, Action<string> report)
    {
        using (var replay = new ReplayEngine(new TrivialTarget()))
        {
            yield return new("engines.replay.us", MeanInRounds(replay, Jobs), "us");
        }

        using (var workers = new WorkersEngine(new WorkerOptions(Launch)))
        {
            _ = MeanInRounds(workers, Jobs);
            yield return new("engines.workers.alone.us", MedianAlone(workers, options.Rounds(Jobs)), "us", RoundTripGoal);
            yield return new("engines.workers.rounds.us", MeanInRounds(workers, Jobs), "us");
        }

        if (!ForkEngine.IsAvailable(out string why))
        {
            report($"engines: no fork, {why}");
            yield break;
        }

        using (var fork = new ForkEngine(new WorkerOptions(Launch)))
        {
            _ = MeanInRounds(fork, Round);
            yield return new("engines.fork.alone.us", MedianAlone(fork, ForkedJobs), "us");
            yield return new("engines.fork.rounds.us", MeanInRounds(fork, ForkedJobs), "us");
        }
    }

    private static ProcessStartInfo Launch(WorkerLaunch launch)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!);
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(EngineCost).Assembly.Location);
        }

        start.ArgumentList.Add(Argument);
        start.ArgumentList.Add(launch.SlotFile);
        return start;
    }

    private static double MedianAlone(IEngine engine, int count)
    {
        double[] times = new double[count];
        for (int i = 0; i < count; i++)
        {
            long begin = Stopwatch.GetTimestamp();
            engine.Submit(JobOf(i));
            _ = engine.Take();
            times[i] = Stopwatch.GetElapsedTime(begin).TotalMicroseconds;
        }

        Array.Sort(times);
        return times[count / 2];
    }

    private static double MeanInRounds(IEngine engine, int count)
    {
        long begin = Stopwatch.GetTimestamp();
        for (int done = 0; done < count; done += Round)
        {
            for (int i = 0; i < Round; i++)
            {
                engine.Submit(JobOf(done + i));
            }

            for (int i = 0; i < Round; i++)
            {
                _ = engine.Take();
            }
        }

        return Stopwatch.GetElapsedTime(begin).TotalMicroseconds / count;
    }

    // Two children of the same draw for each parent.
    private static Job JobOf(int number) => new(new Timeline(1, Recipe.Of(new Reseed(8, (ulong)number / 2), new Reseed(4, (ulong)number))));
}
