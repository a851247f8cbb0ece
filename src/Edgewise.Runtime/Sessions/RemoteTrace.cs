using System.Collections.Concurrent;

namespace Edgewise.Runtime.Sessions;

/// <summary>A flow of execution that a session records. It follows the <see cref="ExecutionContext"/>: the runtime tells each time that a thread takes the flow up or leaves it.</summary>
public sealed class RemoteTrace : IDisposable
{
    private static readonly AsyncLocal<RemoteTrace?> Current = new(static change => Switch(change.PreviousValue, change.CurrentValue));
    private static long s_last;

    private readonly TraceSession _session;
    private readonly TraceModes _modes;
    private readonly ConcurrentBag<TraceSession> _spare = [];
    private long _dropped;
    private int _isEnded;

    internal RemoteTrace(TraceSession session, TraceModes modes) => (_session, _modes) = (session, modes);

    /// <summary>A number for it, like the kernel's common handle: 1 and above, never given twice.</summary>
    public ulong Handle { get; } = (ulong)Interlocked.Increment(ref s_last);

    /// <summary>How often a thread ran the flow and was not recorded: another session had the thread, there was no memory, or the flow had ended meanwhile.</summary>
    public long DroppedSections => Interlocked.Read(ref _dropped);

    /// <summary>Records what the calling thread does within the action, for code to which no execution context flows.</summary>
    public void Run(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        RemoteTrace? before = Current.Value;
        Current.Value = this;
        try
        {
            action();
        }
        finally
        {
            Current.Value = before;
        }
    }

    /// <summary>Ends the recording. What the calling thread recorded is kept; what others are at is dropped.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isEnded, 1) != 0)
        {
            return;
        }

        if (Current.Value == this)
        {
            Current.Value = null;
        }

        _session.EndRemote(this);
        while (_spare.TryTake(out TraceSession? section))
        {
            section.Dispose();
        }
    }

    /// <summary>Lets the calling flow carry the handle.</summary>
    internal void Follow() => Current.Value = this;

    /// <summary>Puts what the calling thread recorded until now to the rest.</summary>
    internal void Flush()
    {
        if (Current.Value == this)
        {
            Leave();
            Enter();
        }
    }

    /// <summary>Forgets what the calling thread recorded until now.</summary>
    internal void ResetCurrent()
    {
        if (TracedThread.Current.Session is { } section && section.Section == this)
        {
            section.Reset();
        }
    }

    private static void Switch(RemoteTrace? from, RemoteTrace? to)
    {
        if (from != to)
        {
            from?.Leave();
            to?.Enter();
        }
    }

    // An exception here would end the process: the runtime calls it while it switches contexts.
    private void Enter()
    {
        if (Volatile.Read(ref _isEnded) != 0)
        {
            return;
        }

        TraceSession? section = null;
        try
        {
            section = _spare.TryTake(out TraceSession? spare) ? spare : _session.CreateSection();
            section.Section = this;
            section.Enable(_modes);
        }
        catch (Exception failure) when (failure is TraceSessionException or OutOfMemoryException)
        {
            Interlocked.Increment(ref _dropped);
            section?.Dispose();
        }
    }

    private void Leave()
    {
        if (TracedThread.Current.Session is not { } section || section.Section != this)
        {
            return;
        }

        section.Disable();
        if (!_session.Append(section, this))
        {
            Interlocked.Increment(ref _dropped);
        }

        if (Volatile.Read(ref _isEnded) == 0)
        {
            _spare.Add(section);
        }
        else
        {
            section.Dispose();
        }
    }
}
