namespace Edgewise.Simulation.Redirects.Tasks;

/// <summary>
/// What code in a world gets for <see cref="TaskScheduler.Default"/>: the scheduler of whichever process runs when a task is queued, so that one kept in a
/// static field serves every world; outside of worlds the thread pool.
/// </summary>
internal sealed class PoolTasks : TaskScheduler
{
    private PoolTasks()
    {
    }

    /// <summary>The one there is.</summary>
    public static PoolTasks Instance { get; } = new();

    /// <summary>The scheduler for tasks that name none, or this one or the pool's: in a world that of the process that runs now.</summary>
    public static TaskScheduler Or(TaskScheduler? scheduler)
    {
        scheduler ??= Current;
        return World.Current is { } world && (scheduler == Default || scheduler == Instance) ? world.Tasks : scheduler;
    }

    /// <inheritdoc/>
    protected override void QueueTask(Task task)
    {
        if (World.Current is { } world)
        {
            world.Context.Post(Execute, task);
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(Execute, task);
        }
    }

    /// <inheritdoc/>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => TryExecuteTask(task);

    /// <inheritdoc/>
    protected override IEnumerable<Task> GetScheduledTasks() => [];

    private void Execute(object? task) => TryExecuteTask((Task)task!);
}
