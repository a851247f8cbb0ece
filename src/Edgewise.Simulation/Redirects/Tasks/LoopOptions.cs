using Edgewise.Simulation.Redirects.Places;

namespace Edgewise.Simulation.Redirects.Tasks;

/// <summary>What loops of <see cref="Parallel"/> run with in a world.</summary>
internal static class LoopOptions
{
    /// <summary>One at a time, on the thread that asks; outside of a world as they were.</summary>
    public static ParallelOptions For(ParallelOptions? options) => World.Current is null ? options ?? new ParallelOptions() : new ParallelOptions
    {
        CancellationToken = options?.CancellationToken ?? CancellationToken.None,
        MaxDegreeOfParallelism = 1,
        TaskScheduler = PoolTasks.Or(options?.TaskScheduler),
    };

    /// <summary>As many at a time as was asked for, or as there are simulated processors; outside of a world as they were.</summary>
    public static ParallelOptions ForAsync(ParallelOptions? options, CancellationToken cancellationToken)
    {
        CancellationToken token = options?.CancellationToken ?? cancellationToken;
        return World.Current is not { } world ? options ?? new ParallelOptions { CancellationToken = token } : new ParallelOptions
        {
            CancellationToken = token,
            MaxDegreeOfParallelism = options is { MaxDegreeOfParallelism: > 0 } ? options.MaxDegreeOfParallelism : EnvironmentCalls.SimulatedProcessors,
            // The process's own scheduler says that it runs one task at a time, and so would the loop.
            TaskScheduler = PoolTasks.Or(options?.TaskScheduler) == world.Tasks ? PoolTasks.Instance : options!.TaskScheduler,
        };
    }
}
