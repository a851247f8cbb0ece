namespace Edgewise.Simulation.Redirects.Time;

/// <summary><see cref="PeriodicTimer"/>: in a world it ticks in simulated time.</summary>
[StandsInFor(typeof(PeriodicTimer))]
public static class PeriodicTimerCalls
{
    /// <inheritdoc cref="PeriodicTimer.PeriodicTimer(TimeSpan)"/>
    public static PeriodicTimer New(TimeSpan period) => World.Current is { } world ? new PeriodicTimer(period, world.Time) : new PeriodicTimer(period);
}
