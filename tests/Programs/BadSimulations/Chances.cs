using Edgewise.Annotations;
using Edgewise.Simulation;

namespace BadSimulations;

/// <summary>Remembers how often it ran.</summary>
[Simulation("keeps-state")]
public sealed class KeepsState : ISimulation
{
    private static int s_runs;

    /// <inheritdoc/>
    public Task RunAsync(World world)
    {
        s_runs++;
        for (int i = 0; i < 3; i++)
        {
            world.Random.Below(10);
        }

        world.Random.Below(100 + s_runs);
        return Task.CompletedTask;
    }
}

/// <summary>Goes through replicas in the order of hash codes, which each process has anew.</summary>
[Simulation("orders-by-hash")]
public sealed class OrdersByHash : ISimulation
{
    private static readonly string[] Names = [.. Enumerable.Range(0, 64).Select(number => $"replica-{number}")];

    /// <inheritdoc/>
    public Task RunAsync(World world)
    {
        world.Random.Below(10);
        foreach (string name in Names.OrderBy(name => name.GetHashCode(StringComparison.Ordinal)))
        {
            world.Random.Below(2 + Array.IndexOf(Names, name));
        }

        return Task.CompletedTask;
    }
}
