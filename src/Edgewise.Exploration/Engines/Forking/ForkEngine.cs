using Edgewise.Exploration.Engines.Workers;
using Edgewise.Supervision;

namespace Edgewise.Exploration.Engines.Forking;

/// <summary>
/// Continues live processes: jobs that leave the same run at the same draw are forked there, so that the way to that draw is gone once. Linux on x64
/// only. Not for several threads at once.
/// </summary>
/// <remarks>
/// The results are those of <see cref="ReplayEngine"/>, in order of submission. Each worker is a process that this engine has started so that it can
/// fork; it runs the root timeline of its first job twice to warm up, and never changes after that: every run begins from that same state. A run that
/// waits for a pool thread, a timer or a finaliser, none of which a forked process has, ends as <see cref="BugKind.Hang"/>.
/// </remarks>
public sealed class ForkEngine : IEngine
{
    // One job and those that share its anchor, and the same again while that is under way.
    private const int GroupsAhead = 2;

    private readonly WorkerPool _pool;

    /// <summary>Makes the engine.</summary>
    /// <exception cref="ArgumentException">An option makes no sense; the message says which.</exception>
    /// <exception cref="PlatformNotSupportedException">This machine cannot; see <see cref="IsAvailable"/>.</exception>
    public ForkEngine(WorkerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (!IsAvailable(out string why))
        {
            throw new PlatformNotSupportedException(why);
        }

        _pool = new WorkerPool(WorkerMode.Fork, options, GroupsAhead, ForkConditions.Prepare);
    }

    /// <inheritdoc/>
    public string Name => "fork";

    internal IEnumerable<int> ProcessIds => _pool.ProcessIds;

    /// <summary>True if this machine can fork processes of .NET.</summary>
    /// <param name="why">What is missing; empty if nothing is.</param>
    public static bool IsAvailable(out string why) => ForkConditions.IsMachineFit(out why);

    /// <inheritdoc/>
    /// <remarks>Nothing runs before a result is asked for, so that jobs of one anchor are known together.</remarks>
    public void Submit(Job job) => _pool.Submit(job);

    /// <inheritdoc/>
    /// <exception cref="SupervisionException">Workers cannot be started, or cannot fork.</exception>
    public TimelineResult Take() => _pool.Take();

    /// <summary>Ends the workers and their children. A second time does nothing.</summary>
    public void Dispose() => _pool.Dispose();
}
