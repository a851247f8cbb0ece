namespace Edgewise.Simulation.Redirects.Tasks;

/// <summary><c>Task.WaitAsync</c>: in a world the limit is simulated time, and the task tells of its end on the world's thread.</summary>
[StandsInFor(typeof(Task))]
public static class TaskWaitAsyncCalls
{
    /// <inheritdoc cref="Task.WaitAsync(CancellationToken)"/>
    public static Task WaitAsync(Task task, CancellationToken cancellationToken) =>
        World.Current is { } world ? Relays.Of(world, task).WaitAsync(cancellationToken) : task.WaitAsync(cancellationToken);

    /// <inheritdoc cref="Task.WaitAsync(TimeSpan)"/>
    public static Task WaitAsync(Task task, TimeSpan timeout) => WaitAsync(task, timeout, CancellationToken.None);

    /// <inheritdoc cref="Task.WaitAsync(TimeSpan, CancellationToken)"/>
    public static Task WaitAsync(Task task, TimeSpan timeout, CancellationToken cancellationToken) => World.Current is { } world
        ? Relays.Of(world, task).WaitAsync(timeout, world.Time, cancellationToken)
        : task.WaitAsync(timeout, cancellationToken);

    /// <inheritdoc cref="Task.WaitAsync(TimeSpan, TimeProvider)"/>
    public static Task WaitAsync(Task task, TimeSpan timeout, TimeProvider timeProvider) =>
        World.Current is { } world ? Relays.Of(world, task).WaitAsync(timeout, timeProvider) : task.WaitAsync(timeout, timeProvider);

    /// <inheritdoc cref="Task.WaitAsync(TimeSpan, TimeProvider, CancellationToken)"/>
    public static Task WaitAsync(Task task, TimeSpan timeout, TimeProvider timeProvider, CancellationToken cancellationToken) => World.Current is { } world
        ? Relays.Of(world, task).WaitAsync(timeout, timeProvider, cancellationToken)
        : task.WaitAsync(timeout, timeProvider, cancellationToken);
}
