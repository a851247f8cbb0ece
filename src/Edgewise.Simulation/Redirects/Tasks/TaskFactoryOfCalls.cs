namespace Edgewise.Simulation.Redirects.Tasks;

/// <summary><c>TaskFactory&lt;TResult&gt;.StartNew</c>: tasks of a factory that names no scheduler, or the pool's, run as the process that starts them.</summary>
[StandsInFor(typeof(TaskFactory<>))]
public static class TaskFactoryOfCalls
{
    /// <inheritdoc cref="TaskFactory{TResult}.StartNew(Func{TResult})"/>
    public static Task<TResult> StartNew<TResult>(TaskFactory<TResult> factory, Func<TResult> function) =>
        factory.StartNew(function, factory.CancellationToken, factory.CreationOptions, PoolTasks.Or(factory.Scheduler));

    /// <inheritdoc cref="TaskFactory{TResult}.StartNew(Func{TResult}, CancellationToken)"/>
    public static Task<TResult> StartNew<TResult>(TaskFactory<TResult> factory, Func<TResult> function, CancellationToken cancellationToken) =>
        factory.StartNew(function, cancellationToken, factory.CreationOptions, PoolTasks.Or(factory.Scheduler));

    /// <inheritdoc cref="TaskFactory{TResult}.StartNew(Func{TResult}, TaskCreationOptions)"/>
    public static Task<TResult> StartNew<TResult>(TaskFactory<TResult> factory, Func<TResult> function, TaskCreationOptions creationOptions) =>
        factory.StartNew(function, factory.CancellationToken, creationOptions, PoolTasks.Or(factory.Scheduler));

    /// <inheritdoc cref="TaskFactory{TResult}.StartNew(Func{TResult}, CancellationToken, TaskCreationOptions, TaskScheduler)"/>
    public static Task<TResult> StartNew<TResult>(TaskFactory<TResult> factory, Func<TResult> function, CancellationToken cancellationToken, TaskCreationOptions creationOptions, TaskScheduler scheduler) =>
        factory.StartNew(function, cancellationToken, creationOptions, PoolTasks.Or(scheduler));

    /// <inheritdoc cref="TaskFactory{TResult}.StartNew(Func{object, TResult}, object)"/>
    public static Task<TResult> StartNew<TResult>(TaskFactory<TResult> factory, Func<object?, TResult> function, object? state) =>
        factory.StartNew(function, state, factory.CancellationToken, factory.CreationOptions, PoolTasks.Or(factory.Scheduler));

    /// <inheritdoc cref="TaskFactory{TResult}.StartNew(Func{object, TResult}, object, CancellationToken)"/>
    public static Task<TResult> StartNew<TResult>(TaskFactory<TResult> factory, Func<object?, TResult> function, object? state, CancellationToken cancellationToken) =>
        factory.StartNew(function, state, cancellationToken, factory.CreationOptions, PoolTasks.Or(factory.Scheduler));

    /// <inheritdoc cref="TaskFactory{TResult}.StartNew(Func{object, TResult}, object, TaskCreationOptions)"/>
    public static Task<TResult> StartNew<TResult>(TaskFactory<TResult> factory, Func<object?, TResult> function, object? state, TaskCreationOptions creationOptions) =>
        factory.StartNew(function, state, factory.CancellationToken, creationOptions, PoolTasks.Or(factory.Scheduler));

    /// <inheritdoc cref="TaskFactory{TResult}.StartNew(Func{object, TResult}, object, CancellationToken, TaskCreationOptions, TaskScheduler)"/>
    public static Task<TResult> StartNew<TResult>(TaskFactory<TResult> factory, Func<object?, TResult> function, object? state, CancellationToken cancellationToken, TaskCreationOptions creationOptions, TaskScheduler scheduler) =>
        factory.StartNew(function, state, cancellationToken, creationOptions, PoolTasks.Or(scheduler));
}
