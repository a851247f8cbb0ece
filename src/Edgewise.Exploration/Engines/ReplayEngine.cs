using Edgewise.Exploration.Journals;

namespace Edgewise.Exploration.Engines;

/// <summary>Runs each timeline from its start, in this process, on the thread that submits it.</summary>
public sealed class ReplayEngine(ITimelineTarget target) : IEngine
{
    private readonly Queue<TimelineResult> _results = [];
    private readonly TimelineRun _run = new(target);
    private readonly ColdPoints _cold = new();

    /// <inheritdoc/>
    public string Name => "replay";

    /// <inheritdoc/>
    public void Submit(Job job)
    {
        TimelineEnd end = _run.Run(job);
        Description[] earlier = [];
        if (_cold.Absorb(target.Counters))
        {
            earlier = [.. _run.Journal.Descriptions];
            end = _run.Run(job);
        }

        _results.Enqueue(_run.ResultOf(end, earlier));
    }

    /// <inheritdoc/>
    public TimelineResult Take() => _results.Count > 0 ? _results.Dequeue() : throw new InvalidOperationException("no timeline was submitted");

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is held but the target, which is the caller's.
    }
}
