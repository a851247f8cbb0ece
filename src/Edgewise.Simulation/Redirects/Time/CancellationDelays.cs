using System.Runtime.CompilerServices;

namespace Edgewise.Simulation.Redirects.Time;

/// <summary>The timers of a world that cancel <see cref="CancellationTokenSource"/>s, however those were made: linked ones take no provider of time.</summary>
internal static class CancellationDelays
{
    private static readonly ConditionalWeakTable<CancellationTokenSource, Delay> All = [];

    /// <summary>Cancels a source after a time, in place of the time that was set before.</summary>
    /// <param name="world">The world.</param>
    /// <param name="source">The source.</param>
    /// <param name="delay">How long; infinite: not at all.</param>
    /// <param name="time">Whose time; null: the world's.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative and not infinite, or too long.</exception>
    /// <exception cref="ObjectDisposedException">The source is disposed.</exception>
    public static void Set(World world, CancellationTokenSource source, TimeSpan delay, TimeProvider? time = null)
    {
        _ = source.Token;
        if (source.IsCancellationRequested)
        {
            return;
        }

        if (All.TryGetValue(source, out Delay? set) && set.World == world)
        {
            set.Timer.Change(delay, Timeout.InfiniteTimeSpan);
        }
        else if (delay != Timeout.InfiniteTimeSpan)
        {
            All.AddOrUpdate(source, new Delay(world, (time ?? world.Time).CreateTimer(Cancel, source, delay, Timeout.InfiniteTimeSpan)));
        }
    }

    /// <summary>Takes the timer of a source away.</summary>
    public static void Remove(CancellationTokenSource source)
    {
        if (All.TryGetValue(source, out Delay? set))
        {
            set.Timer.Dispose();
            All.Remove(source);
        }
    }

    private static void Cancel(object? source)
    {
        try
        {
            ((CancellationTokenSource)source!).Cancel();
        }
        catch (ObjectDisposedException)
        {
            // Disposed of as an IDisposable, which is no call of its own.
        }
    }

    private sealed record Delay(World World, ITimer Timer);
}
