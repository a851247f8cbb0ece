using System.Diagnostics;
using Edgewise.Exploration;
using Edgewise.Exploration.Engines;
using Edgewise.Exploration.Engines.Workers;
using Edgewise.Exploration.Randomness;
using Edgewise.Exploration.Recipes;
using Edgewise.IntegrationTests.Run;
using Explored;

namespace Edgewise.IntegrationTests.Exploration;

/// <summary>Worker processes of the program Explored, and jobs for them.</summary>
internal static class Workers
{
    /// <summary>Options for workers that are started with more arguments.</summary>
    public static WorkerOptions Options(int workers, params string[] arguments) => new(launch => StartOf(launch, arguments))
    {
        Workers = workers,
        // Runs take microseconds; a machine that does other things as well may stop one for a while.
        Deadline = TimeSpan.FromSeconds(30),
    };

    /// <summary>The same where runs are to end in some way: those that never do should not take long.</summary>
    public static WorkerOptions OptionsFor(BugKind kind) => Options(1) with
    {
        Deadline = TimeSpan.FromSeconds(kind is BugKind.Hang or BugKind.Timeout ? 1 : 30),
        MemoryLimit = kind == BugKind.OutOfMemory ? 200 << 20 : null,
    };

    /// <summary>How a worker is started.</summary>
    public static ProcessStartInfo StartOf(WorkerLaunch launch, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [TestPrograms.Explored, launch.SlotFile, .. arguments]);
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        return start;
    }

    /// <summary>A tree of timelines as a search makes it: a root, its children at two anchors, and theirs. None has a mishap.</summary>
    public static List<Job> Tree(int size)
    {
        ulong root = FloorTarget.SeedOf(Mishap.None, 3);
        List<Timeline> timelines = [new(root, Recipe.Empty)];
        for (int parent = 0; timelines.Count < size; parent++)
        {
            Recipe recipe = timelines[parent].Recipe;
            for (int child = 0; child < 4; child++)
            {
                long anchor = child < 3 ? 9 + (parent % 5) : 30;
                timelines.Add(new Timeline(root, recipe.Then(recipe.Length, new Reseed(anchor, SeedMixing.Mix((ulong)parent, (ulong)child)))));
            }
        }

        return [.. timelines.Take(size).Select(static timeline => new Job(timeline))];
    }

    /// <summary>The results of an engine, of which some jobs are submitted at once.</summary>
    public static List<TimelineResult> Run(IEngine engine, IReadOnlyList<Job> jobs, int ahead = 16, Action<int>? afterEach = null)
    {
        List<TimelineResult> results = [];
        int submitted = 0;
        while (results.Count < jobs.Count)
        {
            // In rounds, as a search does.
            while (submitted < jobs.Count && submitted < (results.Count / ahead * ahead) + ahead)
            {
                engine.Submit(jobs[submitted++]);
            }

            results.Add(engine.Take());
            afterEach?.Invoke(results.Count);
        }

        return results;
    }

    /// <summary>What the in-process engine gives.</summary>
    public static List<TimelineResult> Replayed(IReadOnlyList<Job> jobs)
    {
        using var engine = new ReplayEngine(new FloorTarget());
        return Run(engine, jobs);
    }

    /// <summary>All of a result that a timeline alone decides, as text.</summary>
    public static string Show(TimelineResult result) =>
        $"{result.End} | {string.Join(", ", result.Discoveries)} | {string.Join(", ", result.Tallies)} | {Convert.ToHexString(result.Counters.Span)} | {result.Draws} {result.Segments}";

    /// <summary>Both give the same, result by result.</summary>
    public static void AssertSame(IReadOnlyList<TimelineResult> expected, IReadOnlyList<TimelineResult> actual) =>
        Assert.Equal(expected.Select(Show), actual.Select(Show));

    /// <summary>The end of one run with a mishap.</summary>
    public static TimelineResult RunOne(IEngine engine, Mishap mishap, int n = 0)
    {
        engine.Submit(new Job(new Timeline(FloorTarget.SeedOf(mishap, n), Recipe.Empty)));
        return engine.Take();
    }
}
