using Edgewise.Annotations;
using Edgewise.Simulation;

namespace Simulations.Maze;

/// <summary>The maze, whose bug is that somebody gets out of it.</summary>
[Simulation("maze")]
[ExpectedBug("maze bug")]
public sealed class MazeSimulation : ISimulation
{
    /// <inheritdoc/>
    public Task RunAsync(World world)
    {
        Property.Always(!new MazeGame(world.Random).Run(), "maze bug: all 4 locks opened");
        return Task.CompletedTask;
    }
}
