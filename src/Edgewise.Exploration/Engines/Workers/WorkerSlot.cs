using Edgewise.Supervision;
using Edgewise.Supervision.Memory;

namespace Edgewise.Exploration.Engines.Workers;

/// <summary>
/// The shared memory of an engine and one worker: a header, a ring of jobs to the worker, a ring of records from it, and behind them the pages of the
/// target's counters, if the worker could put them there.
/// </summary>
/// <remarks>
/// Fields of the header, each on a cache line of its own; who stores it stands beside it. The version changes with anything in this file,
/// <see cref="JobCodec"/> or <see cref="RecordKind"/>: engine and worker are always of one build.
/// </remarks>
internal sealed unsafe class WorkerSlot : IDisposable
{
    private const ulong Magic = 0x31544F4C53574745; // "EGWSLOT1"
    private const int Version = 1;
    private const int JobRingSize = 64 << 10;
    private const int RecordRingSize = 256 << 10;
    private const int HeaderSize = 4096;

    private const int MagicAt = 0; // the engine, before the worker starts, like the next four
    private const int VersionAt = 8;
    private const int ModeAt = 12;
    private const int ParentAt = 16;
    private const int DeadlineAt = 24;
    private const int JobsWrittenAt = 64; // the engine
    private const int JobsReadAt = 128; // the worker
    private const int RecordsWrittenAt = 192; // the worker
    private const int RecordsReadAt = 256; // the engine
    private const int WorkerSleepsAt = 320; // set by the worker, cleared by either
    private const int EngineSleepsAt = 384; // set by the engine, cleared by either
    private const int LeavingAt = 448; // the worker: it ends by its own will
    private const int CounterCountAt = 456; // the worker, at the start of each job
    private const int CurrentJobAt = 512; // whoever forks: the job that is its child's
    private const int FinishedJobAt = 520; // the forked child: the job that it ended
    private const int WatchesAt = 528; // the forked child: it waits for a child of its own, so its parent must not call it hung

    private readonly SharedFile _file;

    private WorkerSlot(SharedFile file)
    {
        _file = file;
        byte* start = file.Start;
        Jobs = new ByteRing((long*)(start + JobsWrittenAt), (long*)(start + JobsReadAt), start + HeaderSize, JobRingSize);
        Records = new ByteRing((long*)(start + RecordsWrittenAt), (long*)(start + RecordsReadAt), start + HeaderSize + JobRingSize, RecordRingSize);
    }

    /// <summary>Bytes of a slot before the counters.</summary>
    public static int Size => HeaderSize + JobRingSize + RecordRingSize;

    public string Path => _file.Path;

    public ByteRing Jobs { get; }

    public ByteRing Records { get; }

    public WorkerMode Mode => (WorkerMode)(*(int*)(_file.Start + ModeAt));

    public int ParentId => *(int*)(_file.Start + ParentAt);

    public TimeSpan Deadline => TimeSpan.FromTicks(*(long*)(_file.Start + DeadlineAt));

    /// <summary>The worker waits for a byte on its standard input.</summary>
    public ref int WorkerSleeps => ref *(int*)(_file.Start + WorkerSleepsAt);

    /// <summary>The engine waits for a byte on the worker's standard output.</summary>
    public ref int EngineSleeps => ref *(int*)(_file.Start + EngineSleepsAt);

    /// <summary>The worker ends by its own will.</summary>
    public ref int Leaving => ref *(int*)(_file.Start + LeavingAt);

    /// <summary>Number of the target's counters.</summary>
    public ref int CounterCount => ref *(int*)(_file.Start + CounterCountAt);

    /// <summary>The job that a forked process has.</summary>
    public ref long CurrentJob => ref *(long*)(_file.Start + CurrentJobAt);

    /// <summary>The last job that a forked process has brought to its end.</summary>
    public ref long FinishedJob => ref *(long*)(_file.Start + FinishedJobAt);

    /// <summary>A forked process waits for a child of its own.</summary>
    public ref int Watches => ref *(int*)(_file.Start + WatchesAt);

    /// <summary>Makes the shared memory, for the engine.</summary>
    /// <exception cref="SupervisionException">There is no room; the message names the size.</exception>
    public static WorkerSlot Create(WorkerMode mode, TimeSpan deadline)
    {
        SharedFile file = SharedFile.Create("edgewise-slot", Size);
        *(int*)(file.Start + VersionAt) = Version;
        *(int*)(file.Start + ModeAt) = (int)mode;
        *(int*)(file.Start + ParentAt) = Environment.ProcessId;
        *(long*)(file.Start + DeadlineAt) = deadline.Ticks;
        *(ulong*)(file.Start + MagicAt) = Magic;
        return new WorkerSlot(file);
    }

    /// <summary>Opens the shared memory, in the worker.</summary>
    /// <exception cref="SupervisionException">It is missing, or is no slot of this build.</exception>
    public static WorkerSlot Open(string path)
    {
        SharedFile file = SharedFile.Open(path);
        if (file.Size >= Size && *(ulong*)(file.Start + MagicAt) == Magic && *(int*)(file.Start + VersionAt) == Version)
        {
            return new WorkerSlot(file);
        }

        file.Dispose();
        throw new SupervisionException($"{path}: not the slot of a worker, or of another build of Edgewise; expected {Size} bytes of version {Version}");
    }

    /// <summary>Puts the counters of a target into the slot, if it owns their pages.</summary>
    /// <returns>Where they stand, and the bytes from there to the end of the pages; nothing where they stay where they were.</returns>
    public (long Offset, long Length) TakeIn(ITimelineTarget target)
    {
        if (target is not IOwnedCounterPages owner)
        {
            return default;
        }

        Span<byte> pages = owner.CounterPages;
        fixed (byte* start = pages, counters = target.Counters)
        {
            long offset = _file.TryTakeIn(start, pages.Length);
            long skip = counters == null ? 0 : counters - start;
            return offset < 0 || (ulong)skip > (ulong)pages.Length ? default : (offset + skip, pages.Length - skip);
        }
    }

    /// <summary>Reads counters that the worker took in.</summary>
    public int ReadCounters(long offset, Span<byte> destination) => _file.Read(offset, destination);

    /// <summary>Removes the name; both sides have it open.</summary>
    public void Unlink() => _file.Unlink();

    public void Dispose() => _file.Dispose();
}
