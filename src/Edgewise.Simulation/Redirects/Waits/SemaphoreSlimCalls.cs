namespace Edgewise.Simulation.Redirects.Waits;

/// <summary><see cref="SemaphoreSlim"/>: in a world <c>WaitAsync</c> waits in simulated time and on its thread; <c>Wait</c> is reported, unless there is a count to take.</summary>
[StandsInFor(typeof(SemaphoreSlim))]
public static class SemaphoreSlimCalls
{
    /// <inheritdoc cref="SemaphoreSlim.Wait()"/>
    public static void Wait(SemaphoreSlim semaphore) => Wait(semaphore, CancellationToken.None);

    /// <inheritdoc cref="SemaphoreSlim.Wait(CancellationToken)"/>
    public static void Wait(SemaphoreSlim semaphore, CancellationToken cancellationToken)
    {
        BlockingCall.Check(semaphore.CurrentCount > 0, "SemaphoreSlim.Wait");
        semaphore.Wait(cancellationToken);
    }

    /// <inheritdoc cref="SemaphoreSlim.Wait(int)"/>
    public static bool Wait(SemaphoreSlim semaphore, int millisecondsTimeout) => Wait(semaphore, millisecondsTimeout, CancellationToken.None);

    /// <inheritdoc cref="SemaphoreSlim.Wait(TimeSpan)"/>
    public static bool Wait(SemaphoreSlim semaphore, TimeSpan timeout) => Wait(semaphore, timeout, CancellationToken.None);

    /// <inheritdoc cref="SemaphoreSlim.Wait(int, CancellationToken)"/>
    public static bool Wait(SemaphoreSlim semaphore, int millisecondsTimeout, CancellationToken cancellationToken)
    {
        BlockingCall.Check(semaphore.CurrentCount > 0, millisecondsTimeout, "SemaphoreSlim.Wait");
        return semaphore.Wait(millisecondsTimeout, cancellationToken);
    }

    /// <inheritdoc cref="SemaphoreSlim.Wait(TimeSpan, CancellationToken)"/>
    public static bool Wait(SemaphoreSlim semaphore, TimeSpan timeout, CancellationToken cancellationToken)
    {
        BlockingCall.Check(semaphore.CurrentCount > 0, timeout, "SemaphoreSlim.Wait");
        return semaphore.Wait(timeout, cancellationToken);
    }

    /// <inheritdoc cref="SemaphoreSlim.WaitAsync()"/>
    public static Task WaitAsync(SemaphoreSlim semaphore) => WaitAsync(semaphore, CancellationToken.None);

    /// <inheritdoc cref="SemaphoreSlim.WaitAsync(CancellationToken)"/>
    public static Task WaitAsync(SemaphoreSlim semaphore, CancellationToken cancellationToken) => World.Current is { } world
        ? SemaphoreWaiters.WaitAsync(world, semaphore, Timeout.InfiniteTimeSpan, cancellationToken)
        : semaphore.WaitAsync(cancellationToken);

    /// <inheritdoc cref="SemaphoreSlim.WaitAsync(int)"/>
    public static Task<bool> WaitAsync(SemaphoreSlim semaphore, int millisecondsTimeout) => WaitAsync(semaphore, millisecondsTimeout, CancellationToken.None);

    /// <inheritdoc cref="SemaphoreSlim.WaitAsync(TimeSpan)"/>
    public static Task<bool> WaitAsync(SemaphoreSlim semaphore, TimeSpan timeout) => WaitAsync(semaphore, timeout, CancellationToken.None);

    /// <inheritdoc cref="SemaphoreSlim.WaitAsync(int, CancellationToken)"/>
    public static Task<bool> WaitAsync(SemaphoreSlim semaphore, int millisecondsTimeout, CancellationToken cancellationToken) => World.Current is null
        ? semaphore.WaitAsync(millisecondsTimeout, cancellationToken)
        : WaitAsync(semaphore, TimeSpan.FromMilliseconds(millisecondsTimeout), cancellationToken);

    /// <inheritdoc cref="SemaphoreSlim.WaitAsync(TimeSpan, CancellationToken)"/>
    public static Task<bool> WaitAsync(SemaphoreSlim semaphore, TimeSpan timeout, CancellationToken cancellationToken) => World.Current is { } world
        ? SemaphoreWaiters.WaitAsync(world, semaphore, timeout, cancellationToken)
        : semaphore.WaitAsync(timeout, cancellationToken);

    /// <inheritdoc cref="SemaphoreSlim.Release()"/>
    public static int Release(SemaphoreSlim semaphore) => Release(semaphore, 1);

    /// <inheritdoc cref="SemaphoreSlim.Release(int)"/>
    public static int Release(SemaphoreSlim semaphore, int releaseCount)
    {
        int before = semaphore.Release(releaseCount);
        if (World.Current is { } world)
        {
            SemaphoreWaiters.HandOn(world, semaphore);
        }

        return before;
    }
}
