namespace Edgewise.Simulation.Redirects.Time;

/// <summary>
/// What <c>TimeProvider.System</c> is to redirected code: the time of the world that runs on the calling thread, else the system's. One for all, so that a
/// provider that is kept in a static field is right in every world.
/// </summary>
internal sealed class CurrentTime : TimeProvider
{
    private CurrentTime()
    {
    }

    /// <summary>The one there is.</summary>
    public static CurrentTime Instance { get; } = new();

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => Now.LocalTimeZone;

    /// <summary>The system's in and out of worlds, since elapsed times are computed from timestamps of one and the frequency of another call.</summary>
    public override long TimestampFrequency => System.TimestampFrequency;

    private static TimeProvider Now => World.Current is { } world ? world.Time : System;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Now.GetUtcNow();

    /// <inheritdoc/>
    public override long GetTimestamp() => World.Current is { } world ? TimestampOf(world.Elapsed) : System.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        Now.CreateTimer(callback, state, dueTime, period);

    /// <summary>A simulated time in the system's ticks, which mostly are finer than the world's.</summary>
    public static long TimestampOf(TimeSpan elapsed) => (long)((Int128)elapsed.Ticks * System.TimestampFrequency / TimeSpan.TicksPerSecond);
}
