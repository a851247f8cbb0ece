using System.Runtime.CompilerServices;

namespace Edgewise.Simulation.Redirects.Tasks;

/// <summary><c>ConfigureAwait</c>, <c>AsTask</c> and <c>Preserve</c>: in a world the source tells of its end on the world's thread.</summary>
[StandsInFor(typeof(ValueTask))]
public static class ValueTaskCalls
{
    /// <inheritdoc cref="ValueTask.ConfigureAwait(bool)"/>
    public static ConfiguredValueTaskAwaitable ConfigureAwait(ref ValueTask task, bool continueOnCapturedContext) =>
        task.ConfigureAwait(continueOnCapturedContext || World.Current is not null);

    /// <inheritdoc cref="ValueTask.AsTask()"/>
    public static Task AsTask(ref ValueTask task) => World.Current is null || task.IsCompleted ? task.AsTask() : Await(task);

    /// <inheritdoc cref="ValueTask.Preserve()"/>
    public static ValueTask Preserve(ref ValueTask task) => World.Current is null || task.IsCompleted ? task.Preserve() : new ValueTask(Await(task));

    // Sources that run continuations asynchronously send those without a context to the thread pool; an await has one.
    private static async Task Await(ValueTask task) => await task;
}
