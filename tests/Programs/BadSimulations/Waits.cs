using Edgewise.Annotations;
using Edgewise.Simulation;

namespace BadSimulations;

/// <summary>Blocks the one thread there is on a task that needs it.</summary>
[Simulation("blocks")]
public sealed class Blocks : ISimulation
{
    /// <inheritdoc/>
    public Task RunAsync(World world)
    {
        _ = AnswerLater(world).Result;
        return Task.CompletedTask;
    }

    private static async Task<int> AnswerLater(World world)
    {
        await world.Delay(TimeSpan.FromSeconds(1));
        return 42;
    }
}

/// <summary>Awaits a task of the run before it, whose world is gone.</summary>
[Simulation("awaits-foreign-task")]
public sealed class AwaitsForeignTask : ISimulation
{
    private static Task? s_task;

    /// <inheritdoc/>
    public async Task RunAsync(World world)
    {
        Task? before = s_task;
        s_task = world.Delay(TimeSpan.FromSeconds(1));
        if (before is not null)
        {
            await before;
        }
    }
}

/// <summary>Waits for what nobody will ever do.</summary>
[Simulation("deadlocks")]
public sealed class Deadlocks : ISimulation
{
    /// <inheritdoc/>
    public async Task RunAsync(World world)
    {
        var never = new TaskCompletionSource();
        await never.Task;
    }
}

/// <summary>Cannot even be made.</summary>
[Simulation("throws-in-constructor")]
public sealed class ThrowsInConstructor : ISimulation
{
    /// <summary>Throws.</summary>
    public ThrowsInConstructor() => throw new InvalidOperationException("no configuration");

    /// <inheritdoc/>
    public Task RunAsync(World world) => Task.CompletedTask;
}
