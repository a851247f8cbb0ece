using System.Globalization;

namespace Edgewise.Runtime.Sessions;

/// <summary>
/// Records what instrumented code does on one thread, in the manner of the kernel's kcov: a buffer of fixed size, filled from its start, in the order in which things
/// happen. The code must be instrumented with <c>trace-pc</c> or <c>trace-cmp</c> and <see cref="TraceSessionCallbacks"/>.
/// </summary>
/// <remarks>
/// One session a thread, and one thread a session. Child threads start untraced. <see cref="Enable"/> and <see cref="Disable"/> hold from the next point on, also in
/// methods that run already. All members may be called from any thread, but for these two. The state is written under the lock; what the thread records, by the thread
/// itself or while its gate is closed.
/// </remarks>
public sealed unsafe partial class TraceSession : IDisposable
{
    /// <summary>The most words that an area may have, as in the kernel: INT_MAX / 8.</summary>
    public const int MostWords = int.MaxValue / 8;

    private const int LeastWords = 2;

    private readonly object _lock = new();
    private readonly SessionAreas _areas;
    private readonly bool _isExtended;
    private TracedThread? _thread;
    private Recordings _recording;
    private RemoteTrace? _remote;
    private bool _isClosed;

    // While a thread is traced its block has these, counted from where it began.
    private TraceArea _points, _edges, _compares;
    private long _events, _compareEvents, _reentrant;

    // What is known to be lost, as of the last time that a thread was left.
    private ulong[] _unrecordedPoints = [], _unrecordedEdges = [];

    // What other threads recorded for this session, and what is known of it.
    private readonly RemoteMerge _merge = new();

    internal TraceSession(int words, bool isExtended, AreaMemory memory)
    {
        Words = words;
        _isExtended = isExtended;
        _areas = new SessionAreas(words, memory);
    }

    /// <summary>Gives back the memory of a session that was forgotten.</summary>
    ~TraceSession() => _areas.Free();

    /// <summary>Words of 64 bits in each area: one for the count, the rest for records.</summary>
    public int Words { get; }

    /// <summary>What is recorded now, or was last.</summary>
    public TraceModes Modes { get; private set; }

    /// <summary>True while a thread, or a flow of execution, is traced.</summary>
    public bool IsEnabled
    {
        get
        {
            lock (_lock)
            {
                ReleaseDeadThread();
                return _thread is not null || _remote is not null;
            }
        }
    }

    /// <summary>Makes a session; open and <c>KCOV_INIT_TRACE</c> of the kernel in one.</summary>
    /// <param name="words">Words of each area, from 2 to <see cref="MostWords"/>.</param>
    /// <param name="options">What it has beyond the kernel's; null: nothing.</param>
    /// <exception cref="TraceSessionException">Invalid: the number of words.</exception>
    public static TraceSession Create(int words, TraceSessionOptions? options = null) => words is >= LeastWords and <= MostWords
        ? new TraceSession(words, options?.Extended ?? false, AreaMemory.Usual)
        : throw Invalid($"{words} words: from {LeastWords} to {MostWords} were expected");

    /// <summary>Records what the calling thread does from now on, from an empty buffer.</summary>
    /// <exception cref="TraceSessionException">Invalid: the modes, or the session is enabled already. Busy: the thread has another session.</exception>
    /// <exception cref="ObjectDisposedException">The session is closed.</exception>
    /// <exception cref="OutOfMemoryException">There is no memory; the session is not enabled.</exception>
    public void Enable(TraceModes modes)
    {
        lock (_lock)
        {
            Recordings recording = Check(modes);
            TracedThread thread = TracedThread.Current;
            if (!thread.TryTake(this))
            {
                throw new TraceSessionException(TraceSessionError.Busy, "this thread has another session; disable that first");
            }

            try
            {
                Begin(thread, recording);
            }
            catch (OutOfMemoryException)
            {
                thread.Release();
                throw;
            }

            (_thread, _recording, Modes) = (thread, recording, modes);
        }
    }

    /// <summary>Stops recording. What was recorded stays until the session is enabled, reset or disposed.</summary>
    /// <exception cref="TraceSessionException">Invalid: the session does not trace the calling thread.</exception>
    /// <exception cref="ObjectDisposedException">The session is closed.</exception>
    public void Disable()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            if (_thread is not { IsCurrent: true })
            {
                throw Invalid(_thread is null ? "the session is not enabled" : "the session traces another thread, which alone may disable it");
            }

            End();
        }
    }

    /// <summary>Empties the buffer and forgets what is known, so that a run that is the same as the one before is recorded the same.</summary>
    /// <exception cref="ObjectDisposedException">The session is closed.</exception>
    public void Reset()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            ReleaseDeadThread();
            _merge.Clear();
            _remote?.ResetCurrent();
            if (_thread is null)
            {
                _points.Clear();
                _edges.Clear();
                _compares.Clear();
                _events = _compareEvents = _reentrant = 0;
                _unrecordedPoints = _unrecordedEdges = [];
                return;
            }

            WithThread(block =>
            {
                block->Points.Clear();
                block->Edges.Clear();
                block->Compares.Clear();
                Forget(block, _recording);
            });
        }
    }

    /// <summary>What was recorded since the session was enabled or reset.</summary>
    /// <exception cref="ObjectDisposedException">The session is closed.</exception>
    public TraceSnapshot Collect() => TracedThread.Muted(() =>
    {
        _remote?.Flush();
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            ReleaseDeadThread();
            TraceWords words = default;
            if (_thread is null)
            {
                words = Copy(_points, _edges, _compares, _events, _compareEvents, _reentrant) with { UnrecordedPoints = _unrecordedPoints, UnrecordedEdges = _unrecordedEdges };
            }
            else
            {
                WithThread(block => words = Copy(
                    block->Points, block->Edges, block->Compares, block->EventCount - _events, block->CompareEvents - _compareEvents, block->Reentrant - _reentrant) with
                {
                    UnrecordedPoints = UnrecordedPoints(block, _recording),
                    UnrecordedEdges = UnrecordedEdges(block),
                });
            }

            return new TraceSnapshot(Modes, Words, _isExtended, words);
        }
    });

    /// <summary>Closes the session: nothing is stored into its memory any more, even where methods that were traced still run.</summary>
    public void Dispose()
    {
        _remote?.Dispose();
        lock (_lock)
        {
            if (_isClosed)
            {
                return;
            }

            _isClosed = true;
            if (_thread is not null)
            {
                End();
            }

            _areas.Free();
        }

        GC.SuppressFinalize(this);
    }

    private static TraceSessionException Invalid(string message) => new(TraceSessionError.Invalid, message);

    private Recordings Check(TraceModes modes)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        ReleaseDeadThread();
        Recordings? recording = ModeRules.Recording(modes, _isExtended);
        return recording is null
            ? throw Invalid(string.Create(CultureInfo.InvariantCulture, $"mode {(int)modes}: 0, 1, 2, 4, 6 or 8 were expected{(_isExtended ? ", or 10, 12, 14" : "")}"))
            : _thread is not null || _remote is not null ? throw Invalid("the session is enabled already")
            : recording.Value;
    }

    // On the thread itself.
    private void Begin(TracedThread thread, Recordings recording)
    {
        ThreadBlock* block = thread.Block;
        (TraceArea points, TraceArea edges, TraceArea compares) = (_areas.Points(recording), _areas.Edges(recording), _areas.Compares(recording));
        if ((recording & Recordings.UniquePcs) != 0)
        {
            PointStamps.Prepare(block);
        }

        points.HighWater = _points.HighWater;
        edges.HighWater = _edges.HighWater;
        compares.HighWater = _compares.HighWater;
        Forget(block, recording);
        _merge.Clear();
        ThreadGate.Enter(block);
        (block->Points, block->Edges, block->Compares) = (points, edges, compares);
        TracedThread.Record(block, recording);
        ThreadGate.Leave(block);
    }

    private void Forget(ThreadBlock* block, Recordings recording)
    {
        if ((recording & Recordings.UniquePcs) != 0)
        {
            PointStamps.Clear(block);
            if (block->Recording != Recordings.None)
            {
                TracedThread.Record(block, block->Recording);
            }
        }

        if ((recording & Recordings.UniqueEdges) != 0)
        {
            block->KnownEdges.Clear();
        }

        if ((recording & Recordings.UniqueCompares) != 0)
        {
            block->KnownCompares.Clear();
        }

        block->Previous = 0;
        (_events, _compareEvents, _reentrant) = (block->EventCount, block->CompareEvents, block->Reentrant);
    }

    private void End()
    {
        WithThread(block =>
        {
            (_unrecordedPoints, _unrecordedEdges) = (UnrecordedPoints(block, _recording), UnrecordedEdges(block));
            TracedThread.Record(block, Recordings.None);
            (_points, _edges, _compares) = (block->Points.Closed(), block->Edges.Closed(), block->Compares.Closed());
            (_events, _compareEvents, _reentrant) = (block->EventCount - _events, block->CompareEvents - _compareEvents, block->Reentrant - _reentrant);
            (block->Points, block->Edges, block->Compares) = (default, default, default);
        });
        _thread!.Release();
        _thread = null;
    }

    // The stamps and the set of the thread know what its areas had no room for.
    private static ulong[] UnrecordedPoints(ThreadBlock* block, Recordings recording) => block->Points.Lost == 0 || (recording & Recordings.UniquePcs) == 0 ? []
        : [.. PointStamps.Passed(block).Select(static point => (ulong)point).Except(block->Points.Copy(1).Skip(1))];

    private static ulong[] UnrecordedEdges(ThreadBlock* block) => block->Edges.Lost == 0 ? []
        : [.. block->KnownEdges.ToList().Except(block->Edges.Copy(1).Skip(1))];

    // A thread that has ended is disabled, as in the kernel.
    private void ReleaseDeadThread()
    {
        if (_thread is { Thread.IsAlive: false })
        {
            End();
        }
    }

    private delegate void BlockAction(ThreadBlock* block);

    private void WithThread(BlockAction action)
    {
        ThreadBlock* block = _thread!.Block;
        if (_thread.IsCurrent)
        {
            action(block);
            return;
        }

        ThreadGate.Close(block);
        try
        {
            action(block);
        }
        finally
        {
            ThreadGate.Open(block);
        }
    }

    private TraceWords Copy(TraceArea points, TraceArea edges, TraceArea compares, long events, long compareEvents, long reentrant) =>
        _merge.Unite(new TraceWords(
            points.Copy(1), edges.Copy(1), compares.Copy(TraceCompare.Words),
            AccountOf(points, events, (_recording & Recordings.UniquePcs) != 0),
            AccountOf(edges, events, isUnique: true),
            AccountOf(compares, compareEvents, (_recording & Recordings.UniqueCompares) != 0),
            reentrant));

    private static TraceAccount AccountOf(in TraceArea area, long events, bool isUnique) => area.Start == null
        ? default
        : new TraceAccount(events, area.Count, area.Lost, isUnique ? area.Lost : 0, Math.Max((long)area.HighWater, area.Count));
}
