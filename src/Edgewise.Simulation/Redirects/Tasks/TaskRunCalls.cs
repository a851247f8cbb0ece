namespace Edgewise.Simulation.Redirects.Tasks;

/// <summary><c>Task.Run</c> and what starts a task: in a world the work runs on its thread, as the process that started it, when the seed picks it.</summary>
[StandsInFor(typeof(Task))]
public static class TaskRunCalls
{
    /// <inheritdoc cref="Task.Run(Action)"/>
    public static Task Run(Action action) => Run(action, CancellationToken.None);

    /// <inheritdoc cref="Task.Run(Action, CancellationToken)"/>
    public static Task Run(Action action, CancellationToken cancellationToken) => World.Current is { } world
        ? Task.Factory.StartNew(action, cancellationToken, TaskCreationOptions.DenyChildAttach, world.Tasks)
        : Task.Run(action, cancellationToken);

    /// <inheritdoc cref="Task.Run{TResult}(Func{TResult})"/>
    public static Task<TResult> Run<TResult>(Func<TResult> function) => Run(function, CancellationToken.None);

    /// <inheritdoc cref="Task.Run{TResult}(Func{TResult}, CancellationToken)"/>
    public static Task<TResult> Run<TResult>(Func<TResult> function, CancellationToken cancellationToken) => World.Current is { } world
        ? Task.Factory.StartNew(function, cancellationToken, TaskCreationOptions.DenyChildAttach, world.Tasks)
        : Task.Run(function, cancellationToken);

    /// <inheritdoc cref="Task.Run(Func{Task})"/>
    public static Task Run(Func<Task?> function) => Run(function, CancellationToken.None);

    /// <inheritdoc cref="Task.Run(Func{Task}, CancellationToken)"/>
    public static Task Run(Func<Task?> function, CancellationToken cancellationToken) => World.Current is { } world
        ? Task.Factory.StartNew(WithRelay(world, function), cancellationToken, TaskCreationOptions.DenyChildAttach, world.Tasks).Unwrap()
        : Task.Run(function, cancellationToken);

    /// <inheritdoc cref="Task.Run{TResult}(Func{Task{TResult}})"/>
    public static Task<TResult> Run<TResult>(Func<Task<TResult>?> function) => Run(function, CancellationToken.None);

    /// <inheritdoc cref="Task.Run{TResult}(Func{Task{TResult}}, CancellationToken)"/>
    public static Task<TResult> Run<TResult>(Func<Task<TResult>?> function, CancellationToken cancellationToken) => World.Current is { } world
        ? Task.Factory.StartNew(WithRelay(world, function), cancellationToken, TaskCreationOptions.DenyChildAttach, world.Tasks).Unwrap()
        : Task.Run(function, cancellationToken);

    /// <inheritdoc cref="Task.Start()"/>
    public static void Start(Task task) => task.Start(PoolTasks.Or(null));

    /// <inheritdoc cref="Task.Start(TaskScheduler)"/>
    public static void Start(Task task, TaskScheduler scheduler) => task.Start(PoolTasks.Or(scheduler));

    /// <inheritdoc cref="Task.RunSynchronously()"/>
    public static void RunSynchronously(Task task) => task.RunSynchronously(PoolTasks.Or(null));

    /// <inheritdoc cref="Task.RunSynchronously(TaskScheduler)"/>
    public static void RunSynchronously(Task task, TaskScheduler scheduler) => task.RunSynchronously(PoolTasks.Or(scheduler));

    private static Func<Task> WithRelay(World world, Func<Task?> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return () => function() is { } task ? Relays.Of(world, task) : null!;
    }

    private static Func<Task<TResult>> WithRelay<TResult>(World world, Func<Task<TResult>?> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return () => function() is { } task ? Relays.Of(world, task) : null!;
    }
}
