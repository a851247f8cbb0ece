namespace Edgewise.Simulation.Scheduling;

/// <summary>Runs tasks of a process, or of the simulation itself, from the ready queue of the world.</summary>
internal sealed class WorldTaskScheduler(WorldContext context) : TaskScheduler
{
    /// <inheritdoc/>
    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Runs a task that was picked.</summary>
    public void Execute(Task task) => TryExecuteTask(task);

    /// <inheritdoc/>
    protected override void QueueTask(Task task) => context.World.Post(task, null, context);

    /// <inheritdoc/>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && World.Current == context.World && context.World.CurrentContext == context && TryExecuteTask(task);

    /// <inheritdoc/>
    protected override IEnumerable<Task> GetScheduledTasks() => [];
}
