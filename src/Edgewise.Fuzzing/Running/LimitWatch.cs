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
    // libFuzzer's: the next one that is told has to be slower by a tenth.
    private const double SlowerBy = 1.1;

    private long _execution = -1;
    private long _since;
    private byte[]? _slowInput;
    private SlowRun? _slow;
    private TimeSpan _told;

    /// <summary>The limit that the process was ended for; null where it was not.</summary>
    public FindingKind? KilledFor { get; private set; }

    /// <summary>How long the slowest execution within the limit took, as far as one was looked at while it ran.</summary>
    public TimeSpan Slowest { get; private set; }

    /// <summary>Looks how long the execution in flight has run. To be called every few milliseconds.</summary>
    /// <param name="memory">Where the process tells what it does.</param>
    public void LookAtTime(CampaignMemory memory)
    {
        CampaignHeader* header = memory.Header;
        long execution = Volatile.Read(ref header->Executions);
        if (execution != _execution || Volatile.Read(ref header->IsInTarget) == 0)
        {
            if (_slowInput is not null)
            {
                _told = Stopwatch.GetElapsedTime(_since);
                _slow = new SlowRun(_slowInput, _told);
                _slowInput = null;
            }

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
            if (_slowInput is null && settings.SlowFrom > TimeSpan.Zero && elapsed >= settings.SlowFrom && elapsed > _told * SlowerBy)
            {
                // Kept while it runs: afterwards another one stands there.
                _slowInput = new ReadOnlySpan<byte>(memory.Input, header->InputLength).ToArray();
            }
        }
    }

    /// <summary>The execution that ended since this was asked last and took so long that it is told of; null where none did.</summary>
    public SlowRun? TakeSlow()
    {
        SlowRun? slow = _slow;
        _slow = null;
        return slow;
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
