namespace Edgewise.Runtime.Sessions;

/// <content>Tracing of a flow of execution instead of a thread.</content>
public sealed unsafe partial class TraceSession
{
    /// <summary>
    /// Records what the calling flow of execution does from now on, whatever threads it runs on: across <c>await</c>, in tasks, timers and threads that are started from
    /// it. The kernel's remote coverage, with the <see cref="ExecutionContext"/> for its handle.
    /// </summary>
    /// <returns>Ends the recording when disposed of.</returns>
    /// <remarks>
    /// Each thread records into an area of its own while it runs the flow; when it turns to something else that is put behind what the others recorded, and what has no room
    /// counts as lost. A thread that a session of its own traces is left to that. What the flow does after the end is dropped.
    /// </remarks>
    /// <exception cref="TraceSessionException">Invalid: the modes, or the session is enabled already.</exception>
    /// <exception cref="ObjectDisposedException">The session is closed.</exception>
    public RemoteTrace EnableRemote(TraceModes modes)
    {
        lock (_lock)
        {
            _recording = Check(modes);
            Modes = modes;
            _merge.Clear();
            (_points, _edges, _compares) = (default, default, default);
            _events = _compareEvents = _reentrant = 0;
            _remote = new RemoteTrace(this, modes);
        }

        _remote.Follow();
        return _remote;
    }

    /// <summary>A session for a thread that runs the flow.</summary>
    internal TraceSession CreateSection() => new(Words, _isExtended, AreaMemory.Usual);

    /// <summary>Takes what a thread recorded, and empties its session.</summary>
    /// <returns>False where the flow has ended: it is dropped.</returns>
    internal bool Append(TraceSession section, RemoteTrace from)
    {
        lock (_lock)
        {
            bool isOpen = _remote == from && !_isClosed;
            if (isOpen)
            {
                _merge.Append(section.Copy(
                    section._points, section._edges, section._compares, section._events, section._compareEvents, section._reentrant), _recording, Words);
            }

            return isOpen;
        }
    }

    /// <summary>The flow has ended.</summary>
    internal void EndRemote(RemoteTrace remote)
    {
        lock (_lock)
        {
            _remote = _remote == remote ? null : _remote;
        }
    }
}
