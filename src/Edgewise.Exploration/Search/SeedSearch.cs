using Edgewise.Exploration.Engines;
using Edgewise.Exploration.Knowledge;
using Edgewise.Exploration.Recipes;

namespace Edgewise.Exploration.Search;

/// <summary>The search of one root seed: jobs from a strategy to an engine, results to the history and back, in the order of jobs.</summary>
public sealed class SeedSearch(ISearchStrategy strategy, IEngine engine, SearchHistory history, int lookahead, Guidance guidance = Guidance.Both)
{
    private readonly Queue<SearchJob> _flying = [];

    /// <summary>Runs that were given out.</summary>
    public long Begun => Runs + _flying.Count;

    /// <summary>Runs whose results were taken.</summary>
    public long Runs { get; private set; }

    /// <summary>Runs among them that only located edges.</summary>
    public long Locations { get; private set; }

    /// <summary>Runs one step: gives out as many jobs as may be in flight, and takes the oldest result. Null when there is nothing left to do.</summary>
    /// <param name="mayBegin">False where only those in flight are to end.</param>
    /// <param name="left">Jobs that may still be given out.</param>
    public (Timeline Timeline, TimelineResult Result, Novelties Novelties)? Step(bool mayBegin, long left = long.MaxValue)
    {
        for (; mayBegin && left > 0 && _flying.Count < lookahead && strategy.Next() is { } next; left--)
        {
            _flying.Enqueue(next);
            engine.Submit(new Job(next.Timeline, next.Marks.ToArray()));
        }

        if (!_flying.TryDequeue(out SearchJob? job))
        {
            return null;
        }

        TimelineResult result = engine.Take();
        Runs++;
        if (job.IsLocation)
        {
            Locations++;
            strategy.Absorb(job, result, Novelties.None);
            return (job.Timeline, result, Novelties.None);
        }

        Novelties novelties = history.Absorb(result);
        strategy.Absorb(job, result, Guiding(novelties));
        return (job.Timeline, result, novelties);
    }

    private Novelties Guiding(Novelties novelties) => guidance switch
    {
        Guidance.Properties => novelties with { Edges = [] },
        Guidance.Edges => novelties with { Discoveries = [] },
        _ => novelties,
    };
}
