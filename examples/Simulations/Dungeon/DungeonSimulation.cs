using Edgewise.Annotations;
using Edgewise.Simulation;

namespace Simulations.Dungeon;

/// <summary>The dungeon, whose bug is that somebody finds the treasure.</summary>
[Simulation("dungeon", Runs = 24_000)]
[ExpectedBug("dungeon bug")]
public sealed class DungeonSimulation : ISimulation
{
    /// <inheritdoc/>
    public Task RunAsync(World world)
    {
        Property.Always(!new DungeonGame(world.Random).Run(), "dungeon bug: treasure found on floor 8");
        return Task.CompletedTask;
    }
}
