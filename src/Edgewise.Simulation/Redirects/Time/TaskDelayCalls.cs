namespace Edgewise.Simulation.Redirects.Time;

/// <summary><c>Task.Delay</c>: in a world the delay is simulated time.</summary>
[StandsInFor(typeof(Task))]
public static class TaskDelayCalls
{
    /// <inheritdoc cref="Task.Delay(int)"/>
    public static Task Delay(int millisecondsDelay) => Delay(millisecondsDelay, CancellationToken.None);

    /// <inheritdoc cref="Task.Delay(int, CancellationToken)"/>
    public static Task Delay(int millisecondsDelay, CancellationToken cancellationToken) => World.Current is { } world
        ? Task.Delay(TimeSpan.FromMilliseconds(millisecondsDelay), world.Time, cancellationToken)
        : Task.Delay(millisecondsDelay, cancellationToken);

    /// <inheritdoc cref="Task.Delay(TimeSpan)"/>
    public static Task Delay(TimeSpan delay) => Delay(delay, CancellationToken.None);

    /// <inheritdoc cref="Task.Delay(TimeSpan, CancellationToken)"/>
    public static Task Delay(TimeSpan delay, CancellationToken cancellationToken) => World.Current is { } world
        ? Task.Delay(delay, world.Time, cancellationToken)
        : Task.Delay(delay, cancellationToken);
}
