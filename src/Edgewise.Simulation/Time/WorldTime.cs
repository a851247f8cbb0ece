namespace Edgewise.Simulation.Time;

/// <summary>
/// The time of a world. It stands still while anything is ready to run, and then jumps to the next timer; what is due at the same instant becomes ready
/// together, and the seed chooses its order. The time zone is UTC.
/// </summary>
public sealed class WorldTime : TimeProvider
{
    private readonly World _world;

    internal WorldTime(World world) => _world = world;

    /// <summary>When every world begins: 2025-01-01T00:00:00Z.</summary>
    public static DateTimeOffset Start { get; } = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Timestamps count ticks of 100 ns since the world began.</summary>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Start + _world.Elapsed;

    /// <inheritdoc/>
    public override long GetTimestamp() => _world.Elapsed.Ticks;

    /// <summary>Makes a timer of the process that runs now. Its callback runs as that process, in the flow of async locals that it was made in.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A time is negative and not infinite, or 2^32 - 1 milliseconds or more.</exception>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new WorldTimer(_world.CurrentContext, callback, state);
        timer.Set(dueTime, period);
        return timer;
    }
}
