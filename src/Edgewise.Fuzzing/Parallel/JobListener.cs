using Edgewise.Fuzzing.Findings;
using Edgewise.Fuzzing.Running;

namespace Edgewise.Fuzzing.Parallel;

/// <summary>Hears of one job of a <see cref="CampaignJobs"/>, on a thread of its own.</summary>
public abstract class JobListener : IDisposable
{
    /// <summary>A message of the job's worker.</summary>
    public abstract void Hear(FuzzMessage message);

    /// <summary>A finding's artifact was written.</summary>
    public abstract void Write(Finding finding, string path);

    /// <summary>The input of an execution that took long was written.</summary>
    public abstract void Write(SlowRun slow, string path);

    /// <summary>The job has ended.</summary>
    public abstract void End(FuzzResult result);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(isDisposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of what it holds.</summary>
    protected abstract void Dispose(bool isDisposing);
}
