using System.Diagnostics;

namespace Edgewise.Supervision.Workers;

/// <summary>Holds a worker process to the limits of time and memory: ends it where it goes beyond, and remembers why.</summary>
/// <param name="worker">The process.</param>
/// <param name="timeout">Time that an execution may take; zero for as long as it likes.</param>
/// <param name="mebibytes">Memory that the process may have; 0 for as much as it likes.</param>
public sealed class LimitWatch(WorkerProcess worker, TimeSpan timeout, int mebibytes)
{
    private long _execution = -1;
    private long _since;

    /// <summary>The limit that the process was ended for; null where it was not.</summary>
    public ProcessLimit? KilledFor { get; private set; }

    /// <summary>How long the slowest execution within the limit took, as far as one was looked at while it ran.</summary>
    public TimeSpan Slowest { get; private set; }

    /// <summary>How long the execution in flight had run when it was looked at last; zero for one that was not seen before.</summary>
    public TimeSpan InFlight { get; private set; }

    /// <summary>Looks how long the execution in flight has run. To be called every few milliseconds.</summary>
    /// <param name="execution">Number of the execution: two looks that find the same one in the target found it running.</param>
    /// <param name="isInTarget">False between executions.</param>
    public void LookAtTime(long execution, bool isInTarget)
    {
        if (execution != _execution || !isInTarget)
        {
            _execution = execution;
            _since = Stopwatch.GetTimestamp();
            InFlight = TimeSpan.Zero;
            return;
        }

        TimeSpan elapsed = InFlight = Stopwatch.GetElapsedTime(_since);
        if (timeout > TimeSpan.Zero && elapsed > timeout)
        {
            Kill(ProcessLimit.Time);
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
        if (mebibytes > 0 && memory > (long)mebibytes << 20)
        {
            Kill(ProcessLimit.Memory);
        }

        return memory;
    }

    private void Kill(ProcessLimit limit)
    {
        KilledFor ??= limit;
        worker.Kill();
    }
}
