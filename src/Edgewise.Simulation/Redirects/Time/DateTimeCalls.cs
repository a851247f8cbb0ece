namespace Edgewise.Simulation.Redirects.Time;

/// <summary>The clock and the local time zone of <see cref="DateTime"/>: in a world simulated time, in UTC.</summary>
[StandsInFor(typeof(DateTime))]
public static class DateTimeCalls
{
    /// <inheritdoc cref="DateTime.UtcNow"/>
    public static DateTime UtcNow() => World.Current is { } world ? world.Time.GetUtcNow().UtcDateTime : DateTime.UtcNow;

    /// <inheritdoc cref="DateTime.Now"/>
    public static DateTime Now() => World.Current is { } world ? DateTime.SpecifyKind(world.Time.GetUtcNow().UtcDateTime, DateTimeKind.Local) : DateTime.Now;

    /// <inheritdoc cref="DateTime.Today"/>
    public static DateTime Today() => Now().Date;

    /// <inheritdoc cref="DateTime.ToLocalTime()"/>
    public static DateTime ToLocalTime(ref DateTime time) => World.Current is null ? time.ToLocalTime() : DateTime.SpecifyKind(time, DateTimeKind.Local);

    /// <inheritdoc cref="DateTime.ToUniversalTime()"/>
    public static DateTime ToUniversalTime(ref DateTime time) => World.Current is null ? time.ToUniversalTime() : DateTime.SpecifyKind(time, DateTimeKind.Utc);
}
