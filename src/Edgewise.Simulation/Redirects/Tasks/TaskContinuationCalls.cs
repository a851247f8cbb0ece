namespace Edgewise.Simulation.Redirects.Tasks;

/// <summary><c>Task.ContinueWith</c>: continuations that name no scheduler, or the pool's, run as the process that asked for them.</summary>
[StandsInFor(typeof(Task))]
public static class TaskContinuationCalls
{
    /// <inheritdoc cref="Task.ContinueWith(Action{Task})"/>
    public static Task ContinueWith(Task task, Action<Task> continuation) =>
        task.ContinueWith(continuation, CancellationToken.None, TaskContinuationOptions.None, PoolTasks.Or(null));

    /// <inheritdoc cref="Task.ContinueWith(Action{Task}, CancellationToken)"/>
    public static Task ContinueWith(Task task, Action<Task> continuation, CancellationToken cancellationToken) =>
        task.ContinueWith(continuation, cancellationToken, TaskContinuationOptions.None, PoolTasks.Or(null));

    /// <inheritdoc cref="Task.ContinueWith(Action{Task}, TaskScheduler)"/>
    public static Task ContinueWith(Task task, Action<Task> continuation, TaskScheduler scheduler) =>
        task.ContinueWith(continuation, CancellationToken.None, TaskContinuationOptions.None, PoolTasks.Or(scheduler));

    /// <inheritdoc cref="Task.ContinueWith(Action{Task}, TaskContinuationOptions)"/>
    public static Task ContinueWith(Task task, Action<Task> continuation, TaskContinuationOptions continuationOptions) =>
        task.ContinueWith(continuation, CancellationToken.None, continuationOptions, PoolTasks.Or(null));

    /// <inheritdoc cref="Task.ContinueWith(Action{Task}, CancellationToken, TaskContinuationOptions, TaskScheduler)"/>
    public static Task ContinueWith(Task task, Action<Task> continuation, CancellationToken cancellationToken, TaskContinuationOptions continuationOptions, TaskScheduler scheduler) =>
        task.ContinueWith(continuation, cancellationToken, continuationOptions, PoolTasks.Or(scheduler));

    /// <inheritdoc cref="Task.ContinueWith(Action{Task, object}, object)"/>
    public static Task ContinueWith(Task task, Action<Task, object?> continuation, object? state) =>
        task.ContinueWith(continuation, state, CancellationToken.None, TaskContinuationOptions.None, PoolTasks.Or(null));

    /// <inheritdoc cref="Task.ContinueWith(Action{Task, object}, object, CancellationToken)"/>
    public static Task ContinueWith(Task task, Action<Task, object?> continuation, object? state, CancellationToken cancellationToken) =>
        task.ContinueWith(continuation, state, cancellationToken, TaskContinuationOptions.None, PoolTasks.Or(null));

    /// <inheritdoc cref="Task.ContinueWith(Action{Task, object}, object, TaskScheduler)"/>
    public static Task ContinueWith(Task task, Action<Task, object?> continuation, object? state, TaskScheduler scheduler) =>
        task.ContinueWith(continuation, state, CancellationToken.None, TaskContinuationOptions.None, PoolTasks.Or(scheduler));

    /// <inheritdoc cref="Task.ContinueWith(Action{Task, object}, object, TaskContinuationOptions)"/>
    public static Task ContinueWith(Task task, Action<Task, object?> continuation, object? state, TaskContinuationOptions continuationOptions) =>
        task.ContinueWith(continuation, state, CancellationToken.None, continuationOptions, PoolTasks.Or(null));

    /// <inheritdoc cref="Task.ContinueWith(Action{Task, object}, object, CancellationToken, TaskContinuationOptions, TaskScheduler)"/>
    public static Task ContinueWith(Task task, Action<Task, object?> continuation, object? state, CancellationToken cancellationToken, TaskContinuationOptions continuationOptions, TaskScheduler scheduler) =>
        task.ContinueWith(continuation, state, cancellationToken, continuationOptions, PoolTasks.Or(scheduler));

    /// <inheritdoc cref="Task.ContinueWith{TResult}(Func{Task, TResult})"/>
    public static Task<TResult> ContinueWith<TResult>(Task task, Func<Task, TResult> continuation) =>
        task.ContinueWith(continuation, CancellationToken.None, TaskContinuationOptions.None, PoolTasks.Or(null));

    /// <inheritdoc cref="Task.ContinueWith{TResult}(Func{Task, TResult}, CancellationToken)"/>
    public static Task<TResult> ContinueWith<TResult>(Task task, Func<Task, TResult> continuation, CancellationToken cancellationToken) =>
        task.ContinueWith(continuation, cancellationToken, TaskContinuationOptions.None, PoolTasks.Or(null));

    /// <inheritdoc cref="Task.ContinueWith{TResult}(Func{Task, TResult}, TaskScheduler)"/>
    public static Task<TResult> ContinueWith<TResult>(Task task, Func<Task, TResult> continuation, TaskScheduler scheduler) =>
        task.ContinueWith(continuation, CancellationToken.None, TaskContinuationOptions.None, PoolTasks.Or(scheduler));

    /// <inheritdoc cref="Task.ContinueWith{TResult}(Func{Task, TResult}, TaskContinuationOptions)"/>
    public static Task<TResult> ContinueWith<TResult>(Task task, Func<Task, TResult> continuation, TaskContinuationOptions continuationOptions) =>
        task.ContinueWith(continuation, CancellationToken.None, continuationOptions, PoolTasks.Or(null));

    /// <inheritdoc cref="Task.ContinueWith{TResult}(Func{Task, TResult}, CancellationToken, TaskContinuationOptions, TaskScheduler)"/>
    public static Task<TResult> ContinueWith<TResult>(Task task, Func<Task, TResult> continuation, CancellationToken cancellationToken, TaskContinuationOptions continuationOptions, TaskScheduler scheduler) =>
        task.ContinueWith(continuation, cancellationToken, continuationOptions, PoolTasks.Or(scheduler));

    /// <inheritdoc cref="Task.ContinueWith{TResult}(Func{Task, object, TResult}, object)"/>
    public static Task<TResult> ContinueWith<TResult>(Task task, Func<Task, object?, TResult> continuation, object? state) =>
        task.ContinueWith(continuation, state, CancellationToken.None, TaskContinuationOptions.None, PoolTasks.Or(null));

    /// <inheritdoc cref="Task.ContinueWith{TResult}(Func{Task, object, TResult}, object, CancellationToken)"/>
    public static Task<TResult> ContinueWith<TResult>(Task task, Func<Task, object?, TResult> continuation, object? state, CancellationToken cancellationToken) =>
        task.ContinueWith(continuation, state, cancellationToken, TaskContinuationOptions.None, PoolTasks.Or(null));

    /// <inheritdoc cref="Task.ContinueWith{TResult}(Func{Task, object, TResult}, object, TaskScheduler)"/>
    public static Task<TResult> ContinueWith<TResult>(Task task, Func<Task, object?, TResult> continuation, object? state, TaskScheduler scheduler) =>
        task.ContinueWith(continuation, state, CancellationToken.None, TaskContinuationOptions.None, PoolTasks.Or(scheduler));

    /// <inheritdoc cref="Task.ContinueWith{TResult}(Func{Task, object, TResult}, object, TaskContinuationOptions)"/>
    public static Task<TResult> ContinueWith<TResult>(Task task, Func<Task, object?, TResult> continuation, object? state, TaskContinuationOptions continuationOptions) =>
        task.ContinueWith(continuation, state, CancellationToken.None, continuationOptions, PoolTasks.Or(null));

    /// <inheritdoc cref="Task.ContinueWith{TResult}(Func{Task, object, TResult}, object, CancellationToken, TaskContinuationOptions, TaskScheduler)"/>
    public static Task<TResult> ContinueWith<TResult>(Task task, Func<Task, object?, TResult> continuation, object? state, CancellationToken cancellationToken, TaskContinuationOptions continuationOptions, TaskScheduler scheduler) =>
        task.ContinueWith(continuation, state, cancellationToken, continuationOptions, PoolTasks.Or(scheduler));
}
