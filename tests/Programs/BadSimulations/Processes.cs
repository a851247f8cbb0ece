using Edgewise.Annotations;
using Edgewise.Simulation;

namespace BadSimulations;

/// <summary>Never ends, and never gives anybody else a turn.</summary>
[Simulation("hangs")]
public sealed class Hangs : ISimulation
{
    private static int s_turns;

    /// <inheritdoc/>
    public Task RunAsync(World world)
    {
        world.Random.Next();
        while (true)
        {
            s_turns ^= 1;
        }
    }
}

/// <summary>Takes memory without end.</summary>
[Simulation("allocates")]
public sealed class Allocates : ISimulation
{
    /// <inheritdoc/>
    public Task RunAsync(World world)
    {
        List<byte[]> all = [];
        while (true)
        {
            all.Add(new byte[1 << 20]);
            Array.Fill(all[^1], (byte)1);
        }
    }
}

/// <summary>Calls itself without end.</summary>
[Simulation("overflows-stack")]
public sealed class RecursesForever : ISimulation
{
    /// <inheritdoc/>
    public Task RunAsync(World world) => Task.FromResult(Deepen(world.Random.Below(2)));

    private static long Deepen(long depth) => depth == long.MaxValue ? 0 : Deepen(depth + 1) + 1;
}

/// <summary>Ends the process that it runs in.</summary>
[Simulation("exits")]
public sealed class Exits : ISimulation
{
    /// <inheritdoc/>
    public Task RunAsync(World world)
    {
        Environment.Exit(7);
        return Task.CompletedTask;
    }
}
