using Edgewise.Supervision;

namespace Edgewise.Exploration.Engines.Workers;

/// <summary>
/// Runs timelines in a bounded number of worker processes, so that one that crashes, hangs or takes all memory is a bug with a recipe and not the end of
/// the search. Not for several threads at once.
/// </summary>
/// <remarks>
/// The results are those of <see cref="ReplayEngine"/>, in order of submission, whatever the number of workers. A run whose worker dies is run once more
/// in a new one; if that dies too, its end is how it died. Workers start with the first job and are replaced when they die.
/// </remarks>
public sealed class WorkersEngine : IEngine
{
    // Enough for a worker not to wait while the engine thinks, few enough that no worker is idle behind a long queue of another.
    private const int JobsAhead = 8;

    private readonly WorkerPool _pool;

    /// <summary>Makes the engine.</summary>
    /// <exception cref="ArgumentException">An option makes no sense; the message says which.</exception>
    public WorkersEngine(WorkerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _pool = new WorkerPool(WorkerMode.Replay, options, JobsAhead, static _ => { });
    }

    /// <inheritdoc/>
    public string Name => "workers";

    internal IEnumerable<int> ProcessIds => _pool.ProcessIds;

    /// <inheritdoc/>
    /// <exception cref="SupervisionException">Workers cannot be started.</exception>
    public void Submit(Job job)
    {
        _pool.Submit(job);
        _pool.Advance();
    }

    /// <inheritdoc/>
    /// <exception cref="SupervisionException">Workers cannot be started.</exception>
    public TimelineResult Take() => _pool.Take();

    /// <summary>Ends the workers. A second time does nothing.</summary>
    public void Dispose() => _pool.Dispose();
}
