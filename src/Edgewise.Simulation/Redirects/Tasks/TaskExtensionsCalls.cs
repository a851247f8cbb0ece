namespace Edgewise.Simulation.Redirects.Tasks;

/// <summary><c>Unwrap</c>: in a world the outer and the inner task tell of their ends on its thread.</summary>
[StandsInFor(typeof(TaskExtensions))]
public static class TaskExtensionsCalls
{
    /// <inheritdoc cref="TaskExtensions.Unwrap(Task{Task})"/>
    public static Task Unwrap(Task<Task> task) => World.Current is { } world ? Flat(world, task) : task.Unwrap();

    /// <inheritdoc cref="TaskExtensions.Unwrap{TResult}(Task{Task{TResult}})"/>
    public static Task<TResult> Unwrap<TResult>(Task<Task<TResult>> task) => World.Current is { } world ? Flat(world, task) : task.Unwrap();

    private static Task Flat(World world, Task<Task> task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return Relays.Of(world, task).ContinueWith(
            outer => outer.IsCompletedSuccessfully && outer.Result is { } inner ? Relays.Of(world, inner) : outer.IsCompletedSuccessfully ? null! : outer,
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, world.Tasks).Unwrap();
    }

    private static Task<TResult> Flat<TResult>(World world, Task<Task<TResult>> task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return Relays.Of(world, task).ContinueWith(
            outer => outer.IsCompletedSuccessfully ? outer.Result is { } inner ? Relays.Of(world, inner) : null! : Ended<TResult>(outer),
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, world.Tasks).Unwrap();
    }

    private static Task<TResult> Ended<TResult>(Task outer)
    {
        TaskCompletionSource<TResult> source = new();
        if (outer.Exception is { } exception)
        {
            source.SetException(exception.InnerExceptions);
        }
        else
        {
            source.SetCanceled();
        }

        return source.Task;
    }
}
