namespace Edgewise.Simulation.Redirects.Tasks;

/// <summary><c>Task&lt;TResult&gt;.ContinueWith</c>: continuations that name no scheduler, or the pool's, run as the process that asked for them.</summary>
[StandsInFor(typeof(Task<>))]
public static class TaskOfContinuationCalls
{
    /// <inheritdoc cref="Task{TResult}.ContinueWith(Action{Task{TResult}})"/>
    public static Task ContinueWith<TResult>(Task<TResult> task, Action<Task<TResult>> continuation) =>
        task.ContinueWith(continuation, CancellationToken.None, TaskContinuationOptions.None, PoolTasks.Or(null));

    /// <inheritdoc cref="Task{TResult}.ContinueWith(Action{Task{TResult}}, CancellationToken)"/>
    public static Task ContinueWith<TResult>(Task<TResult> task, Action<Task<TResult>> continuation, CancellationToken cancellationToken) =>
        task.ContinueWith(continuation, cancellationToken, TaskContinuationOptions.None, PoolTasks.Or(null));

    /// <inheritdoc cref="Task{TResult}.ContinueWith(Action{Task{TResult}}, TaskScheduler)"/>
    public static Task ContinueWith<TResult>(Task<TResult> task, Action<Task<TResult>> continuation, TaskScheduler scheduler) =>
        task.ContinueWith(continuation, CancellationToken.None, TaskContinuationOptions.None, PoolTasks.Or(scheduler));

    /// <inheritdoc cref="Task{TResult}.ContinueWith(Action{Task{TResult}}, TaskContinuationOptions)"/>
    public static Task ContinueWith<TResult>(Task<TResult> task, Action<Task<TResult>> continuation, TaskContinuationOptions continuationOptions) =>
        task.ContinueWith(continuation, CancellationToken.None, continuationOptions, PoolTasks.Or(null));

    /// <inheritdoc cref="Task{TResult}.ContinueWith(Action{Task{TResult}}, CancellationToken, TaskContinuationOptions, TaskScheduler)"/>
    public static Task ContinueWith<TResult>(Task<TResult> task, Action<Task<TResult>> continuation, CancellationToken cancellationToken, TaskContinuationOptions continuationOptions, TaskScheduler scheduler) =>
        task.ContinueWith(continuation, cancellationToken, continuationOptions, PoolTasks.Or(scheduler));

    /// <inheritdoc cref="Task{TResult}.ContinueWith(Action{Task{TResult}, object}, object)"/>
    public static Task ContinueWith<TResult>(Task<TResult> task, Action<Task<TResult>, object?> continuation, object? state) =>
        task.ContinueWith(continuation, state, CancellationToken.None, TaskContinuationOptions.None, PoolTasks.Or(null));

    /// <inheritdoc cref="Task{TResult}.ContinueWith(Action{Task{TResult}, object}, object, CancellationToken)"/>
    public static Task ContinueWith<TResult>(Task<TResult> task, Action<Task<TResult>, object?> continuation, object? state, CancellationToken cancellationToken) =>
        task.ContinueWith(continuation, state, cancellationToken, TaskContinuationOptions.None, PoolTasks.Or(null));

    /// <inheritdoc cref="Task{TResult}.ContinueWith(Action{Task{TResult}, object}, object, TaskScheduler)"/>
    public static Task ContinueWith<TResult>(Task<TResult> task, Action<Task<TResult>, object?> continuation, object? state, TaskScheduler scheduler) =>
        task.ContinueWith(continuation, state, CancellationToken.None, TaskContinuationOptions.None, PoolTasks.Or(scheduler));

    /// <inheritdoc cref="Task{TResult}.ContinueWith(Action{Task{TResult}, object}, object, TaskContinuationOptions)"/>
    public static Task ContinueWith<TResult>(Task<TResult> task, Action<Task<TResult>, object?> continuation, object? state, TaskContinuationOptions continuationOptions) =>
        task.ContinueWith(continuation, state, CancellationToken.None, continuationOptions, PoolTasks.Or(null));

    /// <inheritdoc cref="Task{TResult}.ContinueWith(Action{Task{TResult}, object}, object, CancellationToken, TaskContinuationOptions, TaskScheduler)"/>
    public static Task ContinueWith<TResult>(Task<TResult> task, Action<Task<TResult>, object?> continuation, object? state, CancellationToken cancellationToken, TaskContinuationOptions continuationOptions, TaskScheduler scheduler) =>
        task.ContinueWith(continuation, state, cancellationToken, continuationOptions, PoolTasks.Or(scheduler));

    /// <inheritdoc cref="Task{TResult}.ContinueWith{TNewResult}(Func{Task{TResult}, TNewResult})"/>
    public static Task<TNewResult> ContinueWith<TResult, TNewResult>(Task<TResult> task, Func<Task<TResult>, TNewResult> continuation) =>
        task.ContinueWith(continuation, CancellationToken.None, TaskContinuationOptions.None, PoolTasks.Or(null));

    /// <inheritdoc cref="Task{TResult}.ContinueWith{TNewResult}(Func{Task{TResult}, TNewResult}, CancellationToken)"/>
    public static Task<TNewResult> ContinueWith<TResult, TNewResult>(Task<TResult> task, Func<Task<TResult>, TNewResult> continuation, CancellationToken cancellationToken) =>
        task.ContinueWith(continuation, cancellationToken, TaskContinuationOptions.None, PoolTasks.Or(null));

    /// <inheritdoc cref="Task{TResult}.ContinueWith{TNewResult}(Func{Task{TResult}, TNewResult}, TaskScheduler)"/>
    public static Task<TNewResult> ContinueWith<TResult, TNewResult>(Task<TResult> task, Func<Task<TResult>, TNewResult> continuation, TaskScheduler scheduler) =>
        task.ContinueWith(continuation, CancellationToken.None, TaskContinuationOptions.None, PoolTasks.Or(scheduler));

    /// <inheritdoc cref="Task{TResult}.ContinueWith{TNewResult}(Func{Task{TResult}, TNewResult}, TaskContinuationOptions)"/>
    public static Task<TNewResult> ContinueWith<TResult, TNewResult>(Task<TResult> task, Func<Task<TResult>, TNewResult> continuation, TaskContinuationOptions continuationOptions) =>
        task.ContinueWith(continuation, CancellationToken.None, continuationOptions, PoolTasks.Or(null));

    /// <inheritdoc cref="Task{TResult}.ContinueWith{TNewResult}(Func{Task{TResult}, TNewResult}, CancellationToken, TaskContinuationOptions, TaskScheduler)"/>
    public static Task<TNewResult> ContinueWith<TResult, TNewResult>(Task<TResult> task, Func<Task<TResult>, TNewResult> continuation, CancellationToken cancellationToken, TaskContinuationOptions continuationOptions, TaskScheduler scheduler) =>
        task.ContinueWith(continuation, cancellationToken, continuationOptions, PoolTasks.Or(scheduler));

    /// <inheritdoc cref="Task{TResult}.ContinueWith{TNewResult}(Func{Task{TResult}, object, TNewResult}, object)"/>
    public static Task<TNewResult> ContinueWith<TResult, TNewResult>(Task<TResult> task, Func<Task<TResult>, object?, TNewResult> continuation, object? state) =>
        task.ContinueWith(continuation, state, CancellationToken.None, TaskContinuationOptions.None, PoolTasks.Or(null));

    /// <inheritdoc cref="Task{TResult}.ContinueWith{TNewResult}(Func{Task{TResult}, object, TNewResult}, object, CancellationToken)"/>
    public static Task<TNewResult> ContinueWith<TResult, TNewResult>(Task<TResult> task, Func<Task<TResult>, object?, TNewResult> continuation, object? state, CancellationToken cancellationToken) =>
        task.ContinueWith(continuation, state, cancellationToken, TaskContinuationOptions.None, PoolTasks.Or(null));

    /// <inheritdoc cref="Task{TResult}.ContinueWith{TNewResult}(Func{Task{TResult}, object, TNewResult}, object, TaskScheduler)"/>
    public static Task<TNewResult> ContinueWith<TResult, TNewResult>(Task<TResult> task, Func<Task<TResult>, object?, TNewResult> continuation, object? state, TaskScheduler scheduler) =>
        task.ContinueWith(continuation, state, CancellationToken.None, TaskContinuationOptions.None, PoolTasks.Or(scheduler));

    /// <inheritdoc cref="Task{TResult}.ContinueWith{TNewResult}(Func{Task{TResult}, object, TNewResult}, object, TaskContinuationOptions)"/>
    public static Task<TNewResult> ContinueWith<TResult, TNewResult>(Task<TResult> task, Func<Task<TResult>, object?, TNewResult> continuation, object? state, TaskContinuationOptions continuationOptions) =>
        task.ContinueWith(continuation, state, CancellationToken.None, continuationOptions, PoolTasks.Or(null));

    /// <inheritdoc cref="Task{TResult}.ContinueWith{TNewResult}(Func{Task{TResult}, object, TNewResult}, object, CancellationToken, TaskContinuationOptions, TaskScheduler)"/>
    public static Task<TNewResult> ContinueWith<TResult, TNewResult>(Task<TResult> task, Func<Task<TResult>, object?, TNewResult> continuation, object? state, CancellationToken cancellationToken, TaskContinuationOptions continuationOptions, TaskScheduler scheduler) =>
        task.ContinueWith(continuation, state, cancellationToken, continuationOptions, PoolTasks.Or(scheduler));
}
