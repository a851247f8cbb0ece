using System.Diagnostics;
using Edgewise.Exploration.Engines.Forking;
using Edgewise.Supervision;

namespace Edgewise.Exploration.Engines.Workers;

/// <summary>
/// Gives jobs to a bounded number of workers and hands results back in the order of submission. Only the thread that submits and takes does anything
/// here: between its calls the workers go on with what they were given.
/// </summary>
internal sealed class WorkerPool : IDisposable
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(1);

    private readonly WorkerMode _mode;
    private readonly WorkerSeat[] _seats;
    private readonly Queue<PendingJob> _submitted = [];
    private readonly LinkedList<PendingJob> _waiting = [];
    private readonly AutoResetEvent _stirred = new(false);
    private readonly int _jobsAhead;
    private long _lastNumber;
    private bool _isDisposed;

    /// <summary>Makes the pool; workers start with the first jobs.</summary>
    /// <param name="mode">What workers are to do.</param>
    /// <param name="options">Validated options.</param>
    /// <param name="jobsAhead">Jobs that a worker may have at once.</param>
    /// <param name="prepare">Adds to how a worker is started.</param>
    public WorkerPool(WorkerMode mode, WorkerOptions options, int jobsAhead, Action<ProcessStartInfo> prepare)
    {
        _mode = mode;
        _jobsAhead = jobsAhead;
        _seats = [.. Enumerable.Range(0, options.Workers).Select(number => new WorkerSeat(number, mode, options, prepare, Stir))];
    }

    /// <summary>Numbers of the processes, for tests.</summary>
    public IEnumerable<int> ProcessIds => _seats.Select(static seat => seat.ProcessId).Where(static id => id != 0);

    public void Submit(Job job)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var pending = new PendingJob(++_lastNumber, job);
        _submitted.Enqueue(pending);
        _waiting.AddLast(pending);
    }

    /// <summary>Takes what the workers have done and gives them more, without waiting.</summary>
    public void Advance()
    {
        foreach (WorkerSeat seat in _seats)
        {
            seat.Advance();
        }

        Dispatch();
    }

    /// <exception cref="InvalidOperationException">Nothing was submitted.</exception>
    /// <exception cref="SupervisionException">Workers cannot be started.</exception>
    public TimelineResult Take()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (!_submitted.TryPeek(out PendingJob? oldest))
        {
            throw new InvalidOperationException("no timeline was submitted");
        }

        Advance();
        while (oldest.Result is null)
        {
            WaitForNews();
            Advance();
        }

        return _submitted.Dequeue().Result!;
    }

    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        foreach (WorkerSeat seat in _seats)
        {
            seat.Dispose();
        }
    }

    // The event is not disposed of: a worker's thread may still set it.
    private void Stir() => _stirred.Set();

    private void Dispatch()
    {
        bool hasGiven = false;
        while (_waiting.First is { } first && Emptiest(first.Value.Job) is { } seat)
        {
            _waiting.RemoveFirst();
            seat.Give(first.Value);
            hasGiven = true;
            if (_mode == WorkerMode.Fork)
            {
                GiveSiblings(first.Value.Job, seat);
            }
        }

        if (hasGiven)
        {
            foreach (WorkerSeat seat in _seats)
            {
                seat.Wake();
            }
        }
    }

    private WorkerSeat? Emptiest(in Job job)
    {
        WorkerSeat? best = null;
        foreach (WorkerSeat seat in _seats)
        {
            if (seat.JobCount < _jobsAhead && (best is null || seat.JobCount < best.JobCount) && seat.HasRoomFor(job))
            {
                best = seat;
            }
        }

        return best;
    }

    // Those that branch off at the same draw go to the worker that will stand there.
    private void GiveSiblings(Job job, WorkerSeat seat)
    {
        LinkedListNode<PendingJob>? next = _waiting.First;
        while (next is { } node && seat.HasRoomFor(node.Value.Job))
        {
            next = node.Next;
            if (Anchor.IsShared(job, node.Value.Job))
            {
                _waiting.Remove(node);
                seat.Give(node.Value);
            }
        }
    }

    private void WaitForNews()
    {
        if (Patience.SpinUntil(this, 0, static (pool, _) => pool.HasNews()))
        {
            return;
        }

        TimeSpan sleep = LongestSleep;
        foreach (WorkerSeat seat in _seats)
        {
            seat.AskToBeWoken();
            sleep = seat.TimeLeft is { } left && left < sleep ? left : sleep;
        }

        Interlocked.MemoryBarrier();
        if (!HasNews() && sleep > TimeSpan.Zero)
        {
            _stirred.WaitOne(sleep + TimeSpan.FromMilliseconds(1));
        }
    }

    private bool HasNews()
    {
        foreach (WorkerSeat seat in _seats)
        {
            if (seat.HasNews)
            {
                return true;
            }
        }

        return false;
    }
}
