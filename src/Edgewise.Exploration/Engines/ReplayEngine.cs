namespace Edgewise.Exploration.Engines;

/// <summary>Runs each timeline from its start, in this process, on the thread that submits it.</summary>
public sealed class ReplayEngine(ITimelineTarget target) : IEngine
{
    private readonly Queue<TimelineResult> _results = [];
    private readonly TimelineRun _run = new(target);
    private readonly ColdPoints _cold = new();
    private readonly List<Journals.Description> _names = [];

    /// <inheritdoc/>
    public string Name => "replay";

    /// <inheritdoc/>
    public void Submit(Job job)
    {
        TimelineEnd end = _run.Run(job);
        if (_cold.Absorb(target.Counters))
        {
            _names.AddRange(_run.Journal.Descriptions);
            end = _run.Run(job);
        }

        TimelineResult result = _run.ResultOf(end);
        _results.Enqueue(_names.Count == 0 ? result : result.With([.. _names, .. result.Descriptions]));
        _names.Clear();
    }

    /// <inheritdoc/>
    public TimelineResult Take() => _results.Count > 0 ? _results.Dequeue() : throw new InvalidOperationException("no timeline was submitted");

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is held but the target, which is the caller's.
    }
}
