using System.Runtime.CompilerServices;

namespace Edgewise.Simulation.Redirects.Tasks;

/// <summary><c>ConfigureAwait</c> of a task with a result, as of one without; <c>Result</c> is reported in a world where there is none yet.</summary>
[StandsInFor(typeof(Task<>))]
public static class TaskOfCalls
{
    /// <inheritdoc cref="Task{TResult}.ConfigureAwait(bool)"/>
    public static ConfiguredTaskAwaitable<TResult> ConfigureAwait<TResult>(Task<TResult> task, bool continueOnCapturedContext) =>
        task.ConfigureAwait(continueOnCapturedContext || World.Current is not null);

    /// <inheritdoc cref="Task{TResult}.ConfigureAwait(ConfigureAwaitOptions)"/>
    public static ConfiguredTaskAwaitable<TResult> ConfigureAwait<TResult>(Task<TResult> task, ConfigureAwaitOptions options) =>
        task.ConfigureAwait(World.Current is null ? options : options | ConfigureAwaitOptions.ContinueOnCapturedContext);

    /// <inheritdoc cref="Task{TResult}.Result"/>
    public static TResult Result<TResult>(Task<TResult> task)
    {
        BlockingCall.Check(task.IsCompleted, "Task.Result");
        return task.Result;
    }
}
