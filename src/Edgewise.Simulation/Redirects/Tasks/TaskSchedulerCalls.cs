namespace Edgewise.Simulation.Redirects.Tasks;

/// <summary><c>TaskScheduler.Default</c> and <c>Current</c>: in a world the pool's is a scheduler that runs tasks on the world's thread.</summary>
[StandsInFor(typeof(TaskScheduler))]
public static class TaskSchedulerCalls
{
    /// <inheritdoc cref="TaskScheduler.Default"/>
    public static TaskScheduler Default() => World.Current is null ? TaskScheduler.Default : PoolTasks.Instance;

    /// <inheritdoc cref="TaskScheduler.Current"/>
    public static TaskScheduler Current() => TaskScheduler.Current == TaskScheduler.Default ? Default() : TaskScheduler.Current;
}
