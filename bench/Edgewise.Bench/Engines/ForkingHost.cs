using System.Diagnostics;
using System.Globalization;
using Edgewise.Exploration.Engines;
using Edgewise.Exploration.Engines.Forking;
using Edgewise.Exploration.Engines.Forking.Platform;
using Edgewise.Exploration.Recipes;

namespace Edgewise.Bench.Engines;

/// <summary>What <c>bench</c> does as a child of itself: a process of .NET that forks trivial children, as a forking worker does after its warm-up.</summary>
internal static class ForkingHost
{
    /// <summary>First argument of such a process.</summary>
    public const string Argument = "forking-host";

    /// <summary>Forks so many children and prints the microseconds of each; the first line holds its dirty bytes and its mappings.</summary>
    public static int Run(int children)
    {
        if (!ForkConditions.IsProcessFit(out string why))
        {
            Console.Error.WriteLine(why);
            return 1;
        }

        var run = new TimelineRun(new TrivialTarget());
        ForkCode.Prepare();
        _ = run.Run(new Job(new Timeline(1, Recipe.Empty)));
        var times = new double[children];
        for (int i = 0; i < children; i++)
        {
            long begin = Stopwatch.GetTimestamp();
            int child = LinuxFork.Fork();
            if (child == 0)
            {
                LinuxFork.Exit(0);
            }

            _ = LinuxFork.TakeStatus(child);
            times[i] = Stopwatch.GetElapsedTime(begin).TotalMicroseconds;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DirtyBytes()} {File.ReadLines("/proc/self/maps").Count()}"));
        foreach (double time in times)
        {
            Console.WriteLine(time.ToString("0.00", CultureInfo.InvariantCulture));
        }

        return 0;
    }

    // What a child shares with its parent until one of them writes: the kernel copies its page tables.
    private static long DirtyBytes() => 1024 * File.ReadLines("/proc/self/smaps_rollup")
        .Where(static line => line.StartsWith("Private_Dirty:", StringComparison.Ordinal) || line.StartsWith("Shared_Dirty:", StringComparison.Ordinal))
        .Sum(static line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture));
}
