using System.Diagnostics;
using Edgewise.Fuzzing.Campaigns;
using Edgewise.Fuzzing.Findings;
using Edgewise.Fuzzing.Tools;
using Edgewise.Supervision.Workers;

namespace Edgewise.Fuzzing.Running;

/// <summary>Holds a worker process to the limits of time and memory: ends it where it goes beyond, and remembers why.</summary>
/// <param name="settings">The limits.</param>
/// <param name="worker">The process.</param>
internal sealed unsafe class LimitWatch(FuzzSettings settings, WorkerProcess worker)
{
    private long _execution = -1;
    private long _since;

    /// <summary>The limit that the process was ended for; null where it was not.</summary>
    public FindingKind? KilledFor { get; private set; }

    /// <summary>How long the slowest execution within the limit took, as far as one was looked at while it ran.</summary>
    public TimeSpan Slowest { get; private set; }

    /// <summary>Looks how long the execution in flight has run. To be called every few milliseconds.</summary>
    /// <param name="header">Where the process tells what it does.</param>
    public void LookAtTime(CampaignHeader* header)
    {
        long execution = Volatile.Read(ref header->Executions);
        if (execution != _execution || Volatile.Read(ref header->IsInTarget) == 0)
        {
            _execution = execution;
            _since = Stopwatch.GetTimestamp();
            return;
        }

        TimeSpan elapsed = Stopwatch.GetElapsedTime(_since);
        if (settings.Timeout > TimeSpan.Zero && elapsed > settings.Timeout)
        {
            Kill(FindingKind.Timeout);
        }
        else
        {
            Slowest = elapsed > Slowest ? elapsed : Slowest;
        }
    }

    /// <summary>Looks how much memory the process has.</summary>
    /// <returns>Bytes.</returns>
    public long LookAtMemory()
    {
        long memory = ResidentMemory.Of(worker.Id);
        if (settings.MemoryLimit > 0 && memory > (long)settings.MemoryLimit << 20)
        {
            Kill(FindingKind.OutOfMemory);
        }

        return memory;
    }

    private void Kill(FindingKind kind)
    {
        KilledFor ??= kind;
        worker.Kill();
    }
}
