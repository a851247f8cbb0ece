namespace Edgewise.Simulation.Redirects.Time;

/// <summary>The local time zone: in a world UTC.</summary>
[StandsInFor(typeof(TimeZoneInfo))]
public static class TimeZoneInfoCalls
{
    /// <inheritdoc cref="TimeZoneInfo.Local"/>
    public static TimeZoneInfo Local() => World.Current is null ? TimeZoneInfo.Local : TimeZoneInfo.Utc;

    /// <inheritdoc cref="TimeZoneInfo.ConvertTimeToUtc(DateTime)"/>
    public static DateTime ConvertTimeToUtc(DateTime dateTime) =>
        World.Current is null ? TimeZoneInfo.ConvertTimeToUtc(dateTime) : DateTime.SpecifyKind(dateTime, DateTimeKind.Utc);
}
