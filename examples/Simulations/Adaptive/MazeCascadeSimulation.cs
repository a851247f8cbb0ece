using Edgewise.Annotations;
using Edgewise.Simulation;

namespace Simulations.Adaptive;

/// <summary>Six gates in a row, each of which three draws in ten open: the small maze that moonpool's adaptive mode is shown on.</summary>
[Simulation("maze-cascade", Runs = 1000)]
[ExpectedBug("cascade bug")]
public sealed class MazeCascadeSimulation : ISimulation
{
    private static readonly string[] Gates = ["g0a", "lock0", "g1a", "lock1", "g2a", "lock2"];

    /// <inheritdoc/>
    public Task RunAsync(World world)
    {
        Property.Sometimes(true, "maze_entry");
        foreach (string gate in Gates)
        {
            bool opens = world.Random.Below(10) < 3;
            Property.Sometimes(opens, gate);
            if (!opens)
            {
                return Task.CompletedTask;
            }
        }

        Property.Unreachable("cascade bug: all gates opened");
        return Task.CompletedTask;
    }
}
