namespace Edgewise.Simulation.Redirects.Tasks;

/// <summary>Work for the thread pool: in a world it runs on the world's thread, as the process that queued it, when the seed picks it.</summary>
[StandsInFor(typeof(ThreadPool))]
public static class ThreadPoolCalls
{
    /// <inheritdoc cref="ThreadPool.QueueUserWorkItem(WaitCallback)"/>
    public static bool QueueUserWorkItem(WaitCallback callBack) => QueueUserWorkItem(callBack, null);

    /// <inheritdoc cref="ThreadPool.QueueUserWorkItem(WaitCallback, object)"/>
    public static bool QueueUserWorkItem(WaitCallback callBack, object? state) => World.Current is { } world
        ? Post(world, callBack, state is null ? static call => ((WaitCallback)call!)(null) : call => ((WaitCallback)call!)(state), flows: true)
        : ThreadPool.QueueUserWorkItem(callBack, state);

    /// <inheritdoc cref="ThreadPool.QueueUserWorkItem{TState}(Action{TState}, TState, bool)"/>
    public static bool QueueUserWorkItem<TState>(Action<TState> callBack, TState state, bool preferLocal) => World.Current is { } world
        ? Post(world, callBack, call => ((Action<TState>)call!)(state), flows: true)
        : ThreadPool.QueueUserWorkItem(callBack, state, preferLocal);

    /// <inheritdoc cref="ThreadPool.UnsafeQueueUserWorkItem(WaitCallback, object)"/>
    public static bool UnsafeQueueUserWorkItem(WaitCallback callBack, object? state) => World.Current is { } world
        ? Post(world, callBack, call => ((WaitCallback)call!)(state), flows: false)
        : ThreadPool.UnsafeQueueUserWorkItem(callBack, state);

    /// <inheritdoc cref="ThreadPool.UnsafeQueueUserWorkItem{TState}(Action{TState}, TState, bool)"/>
    public static bool UnsafeQueueUserWorkItem<TState>(Action<TState> callBack, TState state, bool preferLocal) => World.Current is { } world
        ? Post(world, callBack, call => ((Action<TState>)call!)(state), flows: false)
        : ThreadPool.UnsafeQueueUserWorkItem(callBack, state, preferLocal);

    /// <inheritdoc cref="ThreadPool.UnsafeQueueUserWorkItem(IThreadPoolWorkItem, bool)"/>
    public static bool UnsafeQueueUserWorkItem(IThreadPoolWorkItem callBack, bool preferLocal) => World.Current is { } world
        ? Post(world, callBack, static item => ((IThreadPoolWorkItem)item!).Execute(), flows: false)
        : ThreadPool.UnsafeQueueUserWorkItem(callBack, preferLocal);

    // The world's own context does not carry async locals, nor does the pool for the unsafe calls.
    private static bool Post(World world, object callBack, SendOrPostCallback call, bool flows)
    {
        ArgumentNullException.ThrowIfNull(callBack);
        if (flows && ExecutionContext.Capture() is { } flow)
        {
            world.Context.Post(item => ExecutionContext.Run(flow, call.Invoke, item), callBack);
        }
        else
        {
            world.Context.Post(call, callBack);
        }

        return true;
    }
}
