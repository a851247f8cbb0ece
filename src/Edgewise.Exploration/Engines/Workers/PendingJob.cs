namespace Edgewise.Exploration.Engines.Workers;

/// <summary>A job that was submitted and not taken back.</summary>
internal sealed class PendingJob(long number, Job job)
{
    public long Number { get; } = number;

    public Job Job { get; } = job;

    /// <summary>How often a process died with it.</summary>
    public int Deaths { get; set; }

    public TimelineResult? Result { get; set; }
}
