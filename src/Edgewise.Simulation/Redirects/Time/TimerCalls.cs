namespace Edgewise.Simulation.Redirects.Time;

/// <summary><see cref="Timer"/>: in a world it fires in simulated time, on the world's thread, as the process that made it.</summary>
[StandsInFor(typeof(Timer))]
public static class TimerCalls
{
    /// <inheritdoc cref="Timer.Timer(TimerCallback)"/>
    public static Timer New(TimerCallback callback) => World.Current is { } world
        ? SimulatedTimers.Make(world, callback, null, isOwnState: true, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan)
        : new Timer(callback);

    /// <inheritdoc cref="Timer.Timer(TimerCallback, object, int, int)"/>
    public static Timer New(TimerCallback callback, object? state, int dueTime, int period) => New(callback, state, (long)dueTime, period);

    /// <inheritdoc cref="Timer.Timer(TimerCallback, object, uint, uint)"/>
    public static Timer New(TimerCallback callback, object? state, uint dueTime, uint period) => New(callback, state, Milliseconds(dueTime), Milliseconds(period));

    /// <inheritdoc cref="Timer.Timer(TimerCallback, object, long, long)"/>
    public static Timer New(TimerCallback callback, object? state, long dueTime, long period) =>
        World.Current is null ? new Timer(callback, state, dueTime, period) : New(callback, state, TimeSpan.FromMilliseconds(dueTime), TimeSpan.FromMilliseconds(period));

    /// <inheritdoc cref="Timer.Timer(TimerCallback, object, TimeSpan, TimeSpan)"/>
    public static Timer New(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => World.Current is { } world
        ? SimulatedTimers.Make(world, callback, state, isOwnState: false, dueTime, period)
        : new Timer(callback, state, dueTime, period);

    /// <inheritdoc cref="Timer.Change(int, int)"/>
    public static bool Change(Timer timer, int dueTime, int period) => Change(timer, (long)dueTime, period);

    /// <inheritdoc cref="Timer.Change(uint, uint)"/>
    public static bool Change(Timer timer, uint dueTime, uint period) => Change(timer, Milliseconds(dueTime), Milliseconds(period));

    /// <inheritdoc cref="Timer.Change(long, long)"/>
    public static bool Change(Timer timer, long dueTime, long period) => SimulatedTimers.Find(timer) is { } simulated
        ? simulated.Change(TimeSpan.FromMilliseconds(dueTime), TimeSpan.FromMilliseconds(period))
        : timer.Change(dueTime, period);

    /// <inheritdoc cref="Timer.Change(TimeSpan, TimeSpan)"/>
    public static bool Change(Timer timer, TimeSpan dueTime, TimeSpan period) =>
        SimulatedTimers.Find(timer) is { } simulated ? simulated.Change(dueTime, period) : timer.Change(dueTime, period);

    /// <inheritdoc cref="Timer.Dispose()"/>
    public static void Dispose(Timer timer)
    {
        SimulatedTimers.Find(timer)?.Dispose();
        timer.Dispose();
    }

    /// <inheritdoc cref="Timer.Dispose(WaitHandle)"/>
    public static bool Dispose(Timer timer, WaitHandle notifyObject)
    {
        SimulatedTimers.Find(timer)?.Dispose();
        return timer.Dispose(notifyObject);
    }

    /// <inheritdoc cref="Timer.DisposeAsync()"/>
    public static ValueTask DisposeAsync(Timer timer)
    {
        SimulatedTimers.Find(timer)?.Dispose();
        return timer.DisposeAsync();
    }

    // All ones is how a uint says infinite.
    private static long Milliseconds(uint time) => time == uint.MaxValue ? Timeout.Infinite : time;
}
