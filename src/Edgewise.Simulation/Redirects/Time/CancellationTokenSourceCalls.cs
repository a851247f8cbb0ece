namespace Edgewise.Simulation.Redirects.Time;

/// <summary>Delays of a <see cref="CancellationTokenSource"/>: in a world simulated time.</summary>
[StandsInFor(typeof(CancellationTokenSource))]
public static class CancellationTokenSourceCalls
{
    /// <inheritdoc cref="CancellationTokenSource.CancellationTokenSource(int)"/>
    public static CancellationTokenSource New(int millisecondsDelay) => World.Current is null
        ? new CancellationTokenSource(millisecondsDelay)
        : New(TimeSpan.FromMilliseconds(millisecondsDelay));

    /// <inheritdoc cref="CancellationTokenSource.CancellationTokenSource(TimeSpan)"/>
    public static CancellationTokenSource New(TimeSpan delay) => World.Current is { } world ? Make(world, delay, world.Time) : new CancellationTokenSource(delay);

    /// <inheritdoc cref="CancellationTokenSource.CancellationTokenSource(TimeSpan, TimeProvider)"/>
    public static CancellationTokenSource New(TimeSpan delay, TimeProvider timeProvider) => World.Current is { } world && timeProvider is not null
        ? Make(world, delay, timeProvider)
        : new CancellationTokenSource(delay, timeProvider!);

    /// <inheritdoc cref="CancellationTokenSource.CancelAfter(int)"/>
    public static void CancelAfter(CancellationTokenSource source, int millisecondsDelay)
    {
        if (World.Current is null)
        {
            source.CancelAfter(millisecondsDelay);
        }
        else
        {
            CancelAfter(source, TimeSpan.FromMilliseconds(millisecondsDelay));
        }
    }

    /// <inheritdoc cref="CancellationTokenSource.CancelAfter(TimeSpan)"/>
    public static void CancelAfter(CancellationTokenSource source, TimeSpan delay)
    {
        if (World.Current is { } world)
        {
            CancellationDelays.Set(world, source, delay);
        }
        else
        {
            source.CancelAfter(delay);
        }
    }

    // The framework's calls back on the thread pool.
    /// <inheritdoc cref="CancellationTokenSource.CancelAsync()"/>
    public static Task CancelAsync(CancellationTokenSource source)
    {
        if (World.Current is null)
        {
            return source.CancelAsync();
        }

        try
        {
            source.Cancel();
            return Task.CompletedTask;
        }
        catch (AggregateException exception)
        {
            return Task.FromException(exception);
        }
    }

    /// <inheritdoc cref="CancellationTokenSource.TryReset()"/>
    public static bool TryReset(CancellationTokenSource source)
    {
        CancellationDelays.Remove(source);
        return source.TryReset();
    }

    /// <inheritdoc cref="CancellationTokenSource.Dispose()"/>
    public static void Dispose(CancellationTokenSource source)
    {
        CancellationDelays.Remove(source);
        source.Dispose();
    }

    private static CancellationTokenSource Make(World world, TimeSpan delay, TimeProvider time)
    {
        CancellationTokenSource source = new();
        if (delay == TimeSpan.Zero)
        {
            source.Cancel();
        }
        else
        {
            CancellationDelays.Set(world, source, delay, time);
        }

        return source;
    }
}
