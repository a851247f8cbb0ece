namespace Edgewise.Simulation.Redirects.Time;

/// <summary>
/// <c>Thread.Sleep</c>: in a world simulated time passes while the sleeper holds the world's only thread, as when a processor stalls. <c>ManagedThreadId</c> is
/// 1 there.
/// </summary>
[StandsInFor(typeof(Thread))]
public static class ThreadCalls
{
    /// <inheritdoc cref="Thread.Sleep(int)"/>
    public static void Sleep(int millisecondsTimeout)
    {
        if (World.Current is null)
        {
            Thread.Sleep(millisecondsTimeout);
        }
        else
        {
            Sleep(TimeSpan.FromMilliseconds(millisecondsTimeout));
        }
    }

    /// <inheritdoc cref="Thread.Sleep(TimeSpan)"/>
    public static void Sleep(TimeSpan timeout)
    {
        if (World.Current is not { } world)
        {
            Thread.Sleep(timeout);
            return;
        }

        BlockingCall.Check(timeout != Timeout.InfiniteTimeSpan, "Thread.Sleep(Infinite)");
        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
        world.Sleep(timeout);
    }

    /// <inheritdoc cref="Thread.ManagedThreadId"/>
    public static int ManagedThreadId(Thread thread) => World.Current is not null && thread == Thread.CurrentThread ? 1 : thread.ManagedThreadId;
}
