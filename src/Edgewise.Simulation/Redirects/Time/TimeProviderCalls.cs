namespace Edgewise.Simulation.Redirects.Time;

/// <summary><c>TimeProvider.System</c>: tells the time of the world where one runs.</summary>
[StandsInFor(typeof(TimeProvider))]
public static class TimeProviderCalls
{
    /// <inheritdoc cref="TimeProvider.System"/>
    public static TimeProvider System() => CurrentTime.Instance;
}
