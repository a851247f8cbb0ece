using Edgewise.Annotations;
using Edgewise.Simulation;

namespace Simulations.Adaptive;

/// <summary>Five floors, each of which one draw in five leaves: the small dungeon that moonpool's adaptive mode is shown on.</summary>
[Simulation("dungeon-floors", Runs = 1000)]
[ExpectedBug("floors bug")]
public sealed class DungeonFloorsSimulation : ISimulation
{
    private static readonly string[] Floors = ["dungeon_f1", "dungeon_f2", "dungeon_f3", "dungeon_f4", "dungeon_f5"];

    /// <inheritdoc/>
    public Task RunAsync(World world)
    {
        Property.Sometimes(true, "dungeon_entry");
        foreach (string floor in Floors)
        {
            bool leaves = world.Random.Below(5) == 0;
            Property.Sometimes(leaves, floor);
            if (!leaves)
            {
                return Task.CompletedTask;
            }
        }

        Property.Unreachable("floors bug: all floors left");
        return Task.CompletedTask;
    }
}
