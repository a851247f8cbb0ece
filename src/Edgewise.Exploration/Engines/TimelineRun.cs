using Edgewise.Exploration.Journals;
using Edgewise.Exploration.Randomness;

namespace Edgewise.Exploration.Engines;

/// <summary>Runs jobs on a target, one after the other, on the thread that asks; what every engine does in the end.</summary>
public sealed class TimelineRun(ITimelineTarget target)
{
    /// <summary>The source of the run that goes on or was last.</summary>
    public RandomSource Random { get; } = new(0);

    /// <summary>The journal of the run that goes on or was last.</summary>
    public Journal Journal { get; } = new();

    /// <summary>Runs a job from its start.</summary>
    /// <param name="job">The job.</param>
    /// <param name="observer">Is told of each draw; null for none. Not with marks.</param>
    /// <param name="fromTotal">Number of draws that the observer is not told of.</param>
    public TimelineEnd Run(Job job, IDrawObserver? observer = null, long fromTotal = 0)
    {
        Random.Restart(job.Timeline);
        Journal.Clear();
        target.Counters.Clear();
        if (job.IsTraced)
        {
            Random.Observe(new DrawTracer(target, Journal));
            return target.Run(Random, Journal);
        }

        if (job.Marks.IsEmpty)
        {
            Random.Observe(observer, fromTotal);
            return target.Run(Random, Journal);
        }

        var locator = new EdgeLocator(target, Journal, job.Marks);
        Random.Observe(locator);
        TimelineEnd end = target.Run(Random, Journal);
        locator.Look(Random);
        return end;
    }

    /// <summary>The result of the run that was last, copied.</summary>
    /// <param name="end">Its end.</param>
    /// <param name="earlier">Names that were given in a run before it, whose result nobody gets.</param>
    public TimelineResult ResultOf(TimelineEnd end, IReadOnlyList<Description> earlier) => new()
    {
        End = end,
        Discoveries = Journal.Discoveries.ToArray(),
        Tallies = [.. Journal.Tallies],
        Descriptions = [.. earlier, .. Journal.Descriptions],
        Counters = target.Counters.ToArray(),
        Draws = Random.TotalCount,
        Segments = Random.Segment,
    };
}
