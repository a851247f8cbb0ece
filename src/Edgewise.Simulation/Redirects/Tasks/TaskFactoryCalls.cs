namespace Edgewise.Simulation.Redirects.Tasks;

/// <summary><c>TaskFactory.StartNew</c>: tasks of a factory that names no scheduler, or the pool's, run as the process that starts them.</summary>
[StandsInFor(typeof(TaskFactory))]
public static class TaskFactoryCalls
{
    /// <inheritdoc cref="TaskFactory.StartNew(Action)"/>
    public static Task StartNew(TaskFactory factory, Action action) =>
        factory.StartNew(action, factory.CancellationToken, factory.CreationOptions, PoolTasks.Or(factory.Scheduler));

    /// <inheritdoc cref="TaskFactory.StartNew(Action, CancellationToken)"/>
    public static Task StartNew(TaskFactory factory, Action action, CancellationToken cancellationToken) =>
        factory.StartNew(action, cancellationToken, factory.CreationOptions, PoolTasks.Or(factory.Scheduler));

    /// <inheritdoc cref="TaskFactory.StartNew(Action, TaskCreationOptions)"/>
    public static Task StartNew(TaskFactory factory, Action action, TaskCreationOptions creationOptions) =>
        factory.StartNew(action, factory.CancellationToken, creationOptions, PoolTasks.Or(factory.Scheduler));

    /// <inheritdoc cref="TaskFactory.StartNew(Action, CancellationToken, TaskCreationOptions, TaskScheduler)"/>
    public static Task StartNew(TaskFactory factory, Action action, CancellationToken cancellationToken, TaskCreationOptions creationOptions, TaskScheduler scheduler) =>
        factory.StartNew(action, cancellationToken, creationOptions, PoolTasks.Or(scheduler));

    /// <inheritdoc cref="TaskFactory.StartNew(Action{object}, object)"/>
    public static Task StartNew(TaskFactory factory, Action<object?> action, object? state) =>
        factory.StartNew(action, state, factory.CancellationToken, factory.CreationOptions, PoolTasks.Or(factory.Scheduler));

    /// <inheritdoc cref="TaskFactory.StartNew(Action{object}, object, CancellationToken)"/>
    public static Task StartNew(TaskFactory factory, Action<object?> action, object? state, CancellationToken cancellationToken) =>
        factory.StartNew(action, state, cancellationToken, factory.CreationOptions, PoolTasks.Or(factory.Scheduler));

    /// <inheritdoc cref="TaskFactory.StartNew(Action{object}, object, TaskCreationOptions)"/>
    public static Task StartNew(TaskFactory factory, Action<object?> action, object? state, TaskCreationOptions creationOptions) =>
        factory.StartNew(action, state, factory.CancellationToken, creationOptions, PoolTasks.Or(factory.Scheduler));

    /// <inheritdoc cref="TaskFactory.StartNew(Action{object}, object, CancellationToken, TaskCreationOptions, TaskScheduler)"/>
    public static Task StartNew(TaskFactory factory, Action<object?> action, object? state, CancellationToken cancellationToken, TaskCreationOptions creationOptions, TaskScheduler scheduler) =>
        factory.StartNew(action, state, cancellationToken, creationOptions, PoolTasks.Or(scheduler));

    /// <inheritdoc cref="TaskFactory.StartNew{TResult}(Func{TResult})"/>
    public static Task<TResult> StartNew<TResult>(TaskFactory factory, Func<TResult> function) =>
        factory.StartNew(function, factory.CancellationToken, factory.CreationOptions, PoolTasks.Or(factory.Scheduler));

    /// <inheritdoc cref="TaskFactory.StartNew{TResult}(Func{TResult}, CancellationToken)"/>
    public static Task<TResult> StartNew<TResult>(TaskFactory factory, Func<TResult> function, CancellationToken cancellationToken) =>
        factory.StartNew(function, cancellationToken, factory.CreationOptions, PoolTasks.Or(factory.Scheduler));

    /// <inheritdoc cref="TaskFactory.StartNew{TResult}(Func{TResult}, TaskCreationOptions)"/>
    public static Task<TResult> StartNew<TResult>(TaskFactory factory, Func<TResult> function, TaskCreationOptions creationOptions) =>
        factory.StartNew(function, factory.CancellationToken, creationOptions, PoolTasks.Or(factory.Scheduler));

    /// <inheritdoc cref="TaskFactory.StartNew{TResult}(Func{TResult}, CancellationToken, TaskCreationOptions, TaskScheduler)"/>
    public static Task<TResult> StartNew<TResult>(TaskFactory factory, Func<TResult> function, CancellationToken cancellationToken, TaskCreationOptions creationOptions, TaskScheduler scheduler) =>
        factory.StartNew(function, cancellationToken, creationOptions, PoolTasks.Or(scheduler));

    /// <inheritdoc cref="TaskFactory.StartNew{TResult}(Func{object, TResult}, object)"/>
    public static Task<TResult> StartNew<TResult>(TaskFactory factory, Func<object?, TResult> function, object? state) =>
        factory.StartNew(function, state, factory.CancellationToken, factory.CreationOptions, PoolTasks.Or(factory.Scheduler));

    /// <inheritdoc cref="TaskFactory.StartNew{TResult}(Func{object, TResult}, object, CancellationToken)"/>
    public static Task<TResult> StartNew<TResult>(TaskFactory factory, Func<object?, TResult> function, object? state, CancellationToken cancellationToken) =>
        factory.StartNew(function, state, cancellationToken, factory.CreationOptions, PoolTasks.Or(factory.Scheduler));

    /// <inheritdoc cref="TaskFactory.StartNew{TResult}(Func{object, TResult}, object, TaskCreationOptions)"/>
    public static Task<TResult> StartNew<TResult>(TaskFactory factory, Func<object?, TResult> function, object? state, TaskCreationOptions creationOptions) =>
        factory.StartNew(function, state, factory.CancellationToken, creationOptions, PoolTasks.Or(factory.Scheduler));

    /// <inheritdoc cref="TaskFactory.StartNew{TResult}(Func{object, TResult}, object, CancellationToken, TaskCreationOptions, TaskScheduler)"/>
    public static Task<TResult> StartNew<TResult>(TaskFactory factory, Func<object?, TResult> function, object? state, CancellationToken cancellationToken, TaskCreationOptions creationOptions, TaskScheduler scheduler) =>
        factory.StartNew(function, state, cancellationToken, creationOptions, PoolTasks.Or(scheduler));
}
