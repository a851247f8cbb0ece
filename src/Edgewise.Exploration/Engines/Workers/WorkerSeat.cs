using System.Diagnostics;
using System.Globalization;
using Edgewise.Exploration.Recipes;
using Edgewise.Supervision;
using Edgewise.Supervision.Workers;

namespace Edgewise.Exploration.Engines.Workers;

/// <summary>
/// One of an engine's workers: its process, its slot, and the jobs that were given to it. When the process dies, the job that it ran is run once more in
/// a new one, for it may have been killed by somebody; if it dies again, that is the job's end.
/// </summary>
/// <remarks>Used by the engine's thread only; the worker's attendant thread calls <c>stir</c> and nothing else.</remarks>
internal sealed class WorkerSeat(int number, WorkerMode mode, WorkerOptions options, Action<ProcessStartInfo> prepare, Action stir) : IDisposable
{
    private const int DeathsOfJob = 2;
    private const int DeathsOfStart = 2;

    private readonly Queue<PendingJob> _given = [];
    private WorkerSlot? _slot;
    private WorkerProcess? _process;
    private ResultReader? _reader;
    private byte[] _outgoing = [];
    private int _outgoingSent;
    private bool _isReady;
    private int _failedStarts;
    private long _since;

    /// <summary>Jobs that were given to it and have no result.</summary>
    public int JobCount => _given.Count;

    /// <summary>When the worker has had time enough: for its start, or for the job that it runs. Null if it has nothing to do.</summary>
    public TimeSpan? TimeLeft => _process is null || (_given.Count == 0 && _isReady) ? null : Limit - Stopwatch.GetElapsedTime(_since);

    /// <summary>Number of its process, for tests; 0 where there is none.</summary>
    public int ProcessId => _process?.Id ?? 0;

    // A forking worker watches its children itself and is only killed when it does not.
    private TimeSpan Limit => !_isReady ? options.StartDeadline : mode == WorkerMode.Fork ? (3 * options.Deadline) + options.StartDeadline : options.Deadline;

    /// <summary>True if a job can be given to it now.</summary>
    public bool HasRoomFor(in Job job)
    {
        if (_slot is null || _given.Count == 0)
        {
            return true;
        }

        return _outgoingSent == _outgoing.Length && _slot.Jobs.Free >= JobCodec.SizeOf(job);
    }

    /// <summary>Gives it a job, starting its process if it has none.</summary>
    public void Give(PendingJob job)
    {
        StartIfNeeded();
        if (_given.Count == 0)
        {
            _since = _isReady ? Stopwatch.GetTimestamp() : _since;
        }

        _given.Enqueue(job);
        Send(job);
    }

    /// <summary>Wakes the worker if it sleeps while something waits for it.</summary>
    public void Wake()
    {
        if (_slot is null || _process is null)
        {
            return;
        }

        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _slot.WorkerSleeps) != 0 && Interlocked.Exchange(ref _slot.WorkerSleeps, 0) != 0)
        {
            _process.Wake();
        }
    }

    /// <summary>True if records of it wait, or it has died.</summary>
    public bool HasNews => _slot is not null && _given.Count > 0 && (_slot.Records.Available > 0 || _process!.HasEnded);

    /// <summary>Asks the worker to wake the engine when it has something.</summary>
    public void AskToBeWoken()
    {
        if (_slot is not null && _given.Count > 0)
        {
            Volatile.Write(ref _slot.EngineSleeps, 1);
        }
    }

    /// <summary>Takes what the worker has done, and deals with its end if it has died or takes too long.</summary>
    /// <exception cref="SupervisionException">Workers cannot be started, or say that they cannot work.</exception>
    public void Advance()
    {
        if (_process is null)
        {
            return;
        }

        bool hasEnded = _process.HasEnded;
        if (!TryTakeRecords())
        {
            _process.Kill();
            hasEnded = true;
        }

        if (hasEnded)
        {
            Bury(isTooLate: false);
        }
        else if (TimeLeft is { } left && left <= TimeSpan.Zero)
        {
            Bury(isTooLate: true);
        }
        else
        {
            SendRest();
            Wake();
        }
    }

    /// <summary>Ends the worker.</summary>
    public void Dispose() => Close();

    private void StartIfNeeded()
    {
        if (_process is not null)
        {
            return;
        }

        _slot = WorkerSlot.Create(mode, options.Deadline);
        _reader = new ResultReader(_slot.Records);
        ProcessStartInfo start = options.Launch(new WorkerLaunch(number, _slot.Path));
        if (options.MemoryLimit is { } limit)
        {
            start.Environment["DOTNET_GCHeapHardLimit"] = limit.ToString("x", CultureInfo.InvariantCulture);
        }

        prepare(start);
        _isReady = false;
        _since = Stopwatch.GetTimestamp();
        _process = WorkerProcess.Start(start, stir);
    }

    private void Send(PendingJob job)
    {
        byte[] bytes = new byte[JobCodec.SizeOf(job.Job)];
        JobCodec.Write(job.Number, job.Job, bytes);
        if (_outgoingSent == _outgoing.Length && _slot!.Jobs.TryWrite(bytes, []))
        {
            return;
        }

        // Longer than the ring, or behind one that is: it goes in parts as the worker reads.
        _outgoing = [.. _outgoing.AsSpan(_outgoingSent), .. bytes];
        _outgoingSent = 0;
        SendRest();
    }

    private void SendRest()
    {
        if (_outgoingSent < _outgoing.Length)
        {
            _outgoingSent += _slot!.Jobs.WriteSome(_outgoing.AsSpan(_outgoingSent));
        }
    }

    private bool TryTakeRecords()
    {
        try
        {
            while (_reader!.Next() is { } kind)
            {
                Accept(kind);
            }

            return true;
        }
        catch (InvalidDataException)
        {
            // The worker has stored over its slot: the same as any other crash of it.
            return false;
        }
    }

    private void Accept(RecordKind kind)
    {
        switch (kind)
        {
            case RecordKind.Ready:
                _isReady = true;
                _failedStarts = 0;
                // Both have it open: whatever happens to this process, nothing is left behind.
                _slot!.Unlink();
                break;
            case RecordKind.Refused:
                throw new SupervisionException($"worker {number}: {_reader!.TakeText()}");
            case RecordKind.End or RecordKind.Death when _given.Count == 0 || _given.Peek().Number != _reader!.Job:
                throw new InvalidDataException($"shared memory is damaged: job {_reader!.Job} has ended, which was not given");
            case RecordKind.End:
                TimelineEnd end = _reader!.TakeEnd();
                Finish(_reader.TakeResult(end, _reader.End.Draws, _reader.End.Segments));
                break;
            default:
                AcceptDeath(_reader!.Death, _reader.TakeText().Split('\n', StringSplitOptions.RemoveEmptyEntries));
                break;
        }

        _since = Stopwatch.GetTimestamp();
    }

    // A child of the worker died; the worker lives.
    private void AcceptDeath(DeathRecord death, IReadOnlyList<string> errorLines)
    {
        PendingJob job = _given.Peek();
        if (death.Cause is DeathCause.Signal or DeathCause.Exit && ++job.Deaths < DeathsOfJob)
        {
            // The worker has the jobs behind it already, so this one is run last; results are taken in order of submission all the same.
            _given.Enqueue(_given.Dequeue());
            Send(job);
            return;
        }

        FinishDead(death, errorLines);
    }

    /// <summary>Deals with the end of the process: the job that it ran ends too or is run again, the others go to the next process.</summary>
    private void Bury(bool isTooLate)
    {
        _ = _given.TryPeek(out PendingJob? late);
        _process!.Kill();
        ProcessEnd processEnd = _process.WaitForEnd();
        // What it wrote until then still counts.
        _ = TryTakeRecords();
        IReadOnlyList<string> errorLines = _process.FirstErrorLines();
        if (!_isReady)
        {
            CountFailedStart(isTooLate, processEnd, errorLines);
        }
        else if (_given.TryPeek(out PendingJob? job) && (!isTooLate || job == late))
        {
            if (isTooLate || ++job.Deaths >= DeathsOfJob)
            {
                FinishDead(isTooLate ? new DeathRecord(DeathCause.Timeout, 0) : DeathOf(processEnd), errorLines);
            }
        }

        PendingJob[] left = [.. _given];
        Close();
        foreach (PendingJob job in left)
        {
            Give(job);
        }
    }

    private void CountFailedStart(bool isTooLate, ProcessEnd end, IReadOnlyList<string> errorLines)
    {
        if (++_failedStarts < DeathsOfStart)
        {
            return;
        }

        string how = isTooLate ? $"was not ready within {options.StartDeadline.TotalSeconds:0.###} s"
            : end.Signal is { } signal ? $"was ended by {SignalNames.Of(signal)} before it was ready"
            : $"ended with exit code {end.ExitCode} before it was ready";
        throw new SupervisionException(string.Join('\n', [$"worker {number} {how}", .. errorLines]));
    }

    private DeathRecord DeathOf(ProcessEnd end) => end.Signal is { } signal && Volatile.Read(ref _slot!.Leaving) == 0
        ? new DeathRecord(DeathCause.Signal, signal)
        : new DeathRecord(DeathCause.Exit, end.ExitCode);

    private void Finish(TimelineResult result) => _given.Dequeue().Result = result;

    private void FinishDead(DeathRecord death, IReadOnlyList<string> errorLines)
    {
        (int segment, long count) = _reader!.LastPlace();
        Recipe recipe = _given.Peek().Job.Timeline.Recipe;
        long draws = count;
        for (int i = 0; i < Math.Min(segment, recipe.Length); i++)
        {
            draws += recipe[i].Count;
        }

        Finish(_reader.TakeResult(WorkerDeath.ToEnd(death, errorLines, options.Deadline), draws, segment, ReadCounters()));
    }

    // A run that died may have loaded modules whose counters lie behind those that were known at its start.
    private byte[] ReadCounters()
    {
        byte[] pages = new byte[_reader!.Counters.Length];
        int read = pages.Length == 0 ? 0 : _slot!.ReadCounters(_reader.Counters.Offset, pages);
        int end = pages.AsSpan(0, read).LastIndexOfAnyExcept((byte)0) + 1;
        return pages[..Math.Min(read, Math.Max(end, Volatile.Read(ref _slot!.CounterCount)))];
    }

    private void Close()
    {
        _process?.Dispose();
        _slot?.Dispose();
        _process = null;
        _slot = null;
        _reader = null;
        _outgoing = [];
        _outgoingSent = 0;
        _given.Clear();
    }
}
