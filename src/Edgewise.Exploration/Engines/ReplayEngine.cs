using Edgewise.Exploration.Journals;
using Edgewise.Exploration.Randomness;
using Edgewise.Exploration.Recipes;

namespace Edgewise.Exploration.Engines;

/// <summary>Runs each timeline from its start, in this process, on the thread that submits it.</summary>
public sealed class ReplayEngine(ITimelineTarget target) : IEngine
{
    private readonly Queue<TimelineResult> _results = [];
    private readonly RandomSource _random = new(0);
    private readonly Journal _journal = new();

    /// <inheritdoc/>
    public string Name => "replay";

    /// <inheritdoc/>
    public void Submit(Timeline timeline) => _results.Enqueue(Run(timeline, observer: null));

    /// <inheritdoc/>
    public TimelineResult Take() => _results.Count > 0 ? _results.Dequeue() : throw new InvalidOperationException("no timeline was submitted");

    /// <summary>Runs one timeline now, telling an observer of each draw.</summary>
    public TimelineResult Run(Timeline timeline, IDrawObserver? observer)
    {
        _random.Restart(timeline);
        _journal.Clear();
        target.Counters.Clear();
        _random.Observe(observer);
        TimelineEnd end = target.Run(_random, _journal);
        return new TimelineResult
        {
            End = end,
            Discoveries = _journal.Discoveries.ToArray(),
            Counters = target.Counters.ToArray(),
            Draws = _random.TotalCount,
            Segments = _random.Segment,
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is held but the target, which is the caller's.
    }
}
