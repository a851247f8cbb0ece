using System.Threading.Tasks.Sources;
using Edgewise.Simulation.Scheduling;

namespace Edgewise.Simulation.Links;

/// <summary>
/// Messages that arrived at a life of a process, and the one wait for the next. A wait allocates nothing: the mailbox itself is its source. Who waits
/// runs in the step in which the message arrives, as the process that it was when it began to wait.
/// </summary>
internal sealed class Mailbox(World world) : IValueTaskSource<Message>
{
    private readonly Queue<Message> _arrived = new();

    // The wait: begun by TakeAsync, over when its result was read. The version tells one from the next.
    private bool _isWaiting;
    private bool _isSettled;
    private Message _result;
    private short _version;
    private CancellationToken _cancellation;
    private CancellationTokenRegistration _registration;
    private Action<object?>? _continuation;
    private object? _state;
    private WorldContext? _context;

    /// <summary>Its world.</summary>
    public World World => world;

    /// <summary>The next message, at once or when it arrives.</summary>
    public ValueTask<Message> TakeAsync(CancellationToken cancellation)
    {
        if (World.Current != world)
        {
            const string Instead = "each run has its own processes: keep none in static fields";
            throw World.Current?.Refuse("a process of another simulation", Instead) ?? new SimulationException($"a simulated process outside of its world: {Instead}");
        }

        if (_isWaiting)
        {
            throw new InvalidOperationException("someone waits for a message already: a process receives in one place");
        }

        if (cancellation.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<Message>(cancellation);
        }

        if (_arrived.TryDequeue(out Message message))
        {
            return new ValueTask<Message>(message);
        }

        _isWaiting = true;
        _isSettled = false;
        _continuation = null;
        _cancellation = cancellation;
        _registration = cancellation.UnsafeRegister(static mailbox => ((Mailbox)mailbox!).Cancel(), this);
        return new ValueTask<Message>(this, _version);
    }

    /// <summary>A message arrives; nothing may follow in the step, since it goes on as another process.</summary>
    public void Put(Message message)
    {
        if (!_isWaiting || _isSettled)
        {
            _arrived.Enqueue(message);
            return;
        }

        _result = message;
        _isSettled = true;
        if (_continuation is { } continuation)
        {
            world.RunAs(_context!, continuation, _state);
        }
    }

    /// <inheritdoc/>
    Message IValueTaskSource<Message>.GetResult(short token)
    {
        Check(token);
        if (!_isSettled)
        {
            throw new InvalidOperationException("no message arrived yet: await the wait");
        }

        Message result = _result;
        _isWaiting = false;
        _version++;
        _registration.Dispose();
        if (result.Body is null)
        {
            throw new OperationCanceledException(_cancellation);
        }

        return result;
    }

    /// <inheritdoc/>
    ValueTaskSourceStatus IValueTaskSource<Message>.GetStatus(short token)
    {
        Check(token);
        return !_isSettled ? ValueTaskSourceStatus.Pending : _result.Body is null ? ValueTaskSourceStatus.Canceled : ValueTaskSourceStatus.Succeeded;
    }

    /// <inheritdoc/>
    void IValueTaskSource<Message>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        Check(token);
        if ((flags & ValueTaskSourceOnCompletedFlags.FlowExecutionContext) != 0 && ExecutionContext.Capture() is { } flow)
        {
            continuation = Flowing(continuation, flow);
        }

        _context = world.CurrentContext;
        _state = state;
        _continuation = continuation;
        if (_isSettled)
        {
            world.Post(continuation, state, _context);
        }
    }

    // On its own, since a closure is made where its method begins.
    private static Action<object?> Flowing(Action<object?> continuation, ExecutionContext flow) =>
        state => ExecutionContext.Run(flow, continuation.Invoke, state);

    private void Cancel()
    {
        if (!_isWaiting || _isSettled)
        {
            return;
        }

        _result = default;
        _isSettled = true;
        if (_continuation is { } continuation)
        {
            world.Post(continuation, _state, _context!);
        }
    }

    private void Check(short token)
    {
        if (token != _version)
        {
            throw new InvalidOperationException("a wait for a message was awaited twice");
        }
    }
}
