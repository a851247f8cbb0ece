using Edgewise.Simulation.Scheduling;

namespace Edgewise.Simulation.Time;

/// <summary>A timer of a world.</summary>
internal sealed class WorldTimer(WorldContext context, TimerCallback callback, object? state) : TimedWork, ITimer
{
    // What System.Threading.Timer allows.
    private const long MostMilliseconds = 0xFFFFFFFE;

    private readonly ExecutionContext? _flow = ExecutionContext.Capture();
    private long _due;
    private long _period;
    // How many of those in the ready queue were overtaken by a change.
    private int _staleCount;
    private bool _isDisposed;

    /// <inheritdoc/>
    public override WorldContext Context => context;

    /// <inheritdoc/>
    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (_isDisposed)
        {
            return false;
        }

        Set(dueTime, period);
        return true;
    }

    /// <summary>Sets the timer anew; an infinite time stops it, no period or an infinite one lets it fire once.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A time is negative and not infinite, or 2^32 - 1 milliseconds or more.</exception>
    public void Set(TimeSpan dueTime, TimeSpan period)
    {
        Check(dueTime, nameof(dueTime));
        Check(period, nameof(period));
        if (!Stop() || dueTime == Timeout.InfiniteTimeSpan)
        {
            return;
        }

        _due = context.World.Elapsed.Ticks + dueTime.Ticks;
        _period = period == Timeout.InfiniteTimeSpan ? 0 : period.Ticks;
        context.World.Schedule(this, _due);
    }

    /// <inheritdoc/>
    public override void Fire()
    {
        if (_staleCount > 0)
        {
            _staleCount--;
            return;
        }

        if (_period > 0)
        {
            _due += _period;
            context.World.Schedule(this, _due);
        }

        if (_flow is null)
        {
            callback(state);
        }
        else
        {
            ExecutionContext.Run(_flow, static timer => ((WorldTimer)timer!).Call(), this);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            Stop();
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    private static void Check(TimeSpan time, string name)
    {
        if (time != Timeout.InfiniteTimeSpan && time.TotalMilliseconds is < 0 or > MostMilliseconds)
        {
            throw new ArgumentOutOfRangeException(name, time, "a timer takes a time from zero to 2^32 - 2 milliseconds, or an infinite one");
        }
    }

    // False if there is nothing to set any more: the process or the world ended, or this is not its thread.
    private bool Stop()
    {
        if (context.HasEnded || !context.World.IsHere())
        {
            return false;
        }

        context.World.Timers.Remove(this);
        _staleCount = ReadyCount;
        return true;
    }

    private void Call() => callback(state);
}
