using System.Runtime.CompilerServices;

namespace Edgewise.Simulation.Redirects.Tasks;

/// <summary>The same of tasks with a result; <c>Result</c> is reported in a world where there is none yet.</summary>
[StandsInFor(typeof(ValueTask<>))]
public static class ValueTaskOfCalls
{
    /// <inheritdoc cref="ValueTask{TResult}.ConfigureAwait(bool)"/>
    public static ConfiguredValueTaskAwaitable<TResult> ConfigureAwait<TResult>(ref ValueTask<TResult> task, bool continueOnCapturedContext) =>
        task.ConfigureAwait(continueOnCapturedContext || World.Current is not null);

    /// <inheritdoc cref="ValueTask{TResult}.AsTask()"/>
    public static Task<TResult> AsTask<TResult>(ref ValueTask<TResult> task) => World.Current is null || task.IsCompleted ? task.AsTask() : Await(task);

    /// <inheritdoc cref="ValueTask{TResult}.Preserve()"/>
    public static ValueTask<TResult> Preserve<TResult>(ref ValueTask<TResult> task) =>
        World.Current is null || task.IsCompleted ? task.Preserve() : new ValueTask<TResult>(Await(task));

    /// <inheritdoc cref="ValueTask{TResult}.Result"/>
    public static TResult Result<TResult>(ref ValueTask<TResult> task)
    {
        BlockingCall.Check(task.IsCompleted, "ValueTask.Result");
        return task.Result;
    }

    private static async Task<TResult> Await<TResult>(ValueTask<TResult> task) => await task;
}
