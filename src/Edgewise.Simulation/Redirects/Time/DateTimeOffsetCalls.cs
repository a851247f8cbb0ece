namespace Edgewise.Simulation.Redirects.Time;

/// <summary>The clock and the local time zone of <see cref="DateTimeOffset"/>: in a world simulated time, in UTC.</summary>
[StandsInFor(typeof(DateTimeOffset))]
public static class DateTimeOffsetCalls
{
    /// <inheritdoc cref="DateTimeOffset.UtcNow"/>
    public static DateTimeOffset UtcNow() => World.Current is { } world ? world.Time.GetUtcNow() : DateTimeOffset.UtcNow;

    /// <inheritdoc cref="DateTimeOffset.Now"/>
    public static DateTimeOffset Now() => World.Current is { } world ? world.Time.GetUtcNow() : DateTimeOffset.Now;

    /// <inheritdoc cref="DateTimeOffset.DateTimeOffset(DateTime)"/>
    public static DateTimeOffset New(DateTime dateTime) => World.Current is null ? new DateTimeOffset(dateTime) : new DateTimeOffset(dateTime.Ticks, TimeSpan.Zero);

    /// <summary>The implicit conversion.</summary>
    [StandsInFor("op_Implicit")]
    public static DateTimeOffset FromDateTime(DateTime dateTime) => New(dateTime);

    /// <inheritdoc cref="DateTimeOffset.ToLocalTime()"/>
    public static DateTimeOffset ToLocalTime(ref DateTimeOffset time) => World.Current is null ? time.ToLocalTime() : time.ToUniversalTime();

    /// <inheritdoc cref="DateTimeOffset.LocalDateTime"/>
    public static DateTime LocalDateTime(ref DateTimeOffset time) =>
        World.Current is null ? time.LocalDateTime : DateTime.SpecifyKind(time.UtcDateTime, DateTimeKind.Local);
}
