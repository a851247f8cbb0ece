using Edgewise.Annotations;
using Edgewise.Simulation;

namespace Simulations.Mazes;

/// <summary>Eight floors, each left by one draw in six: luck alone gets to the top once in 1.7 million runs.</summary>
[Simulation("floor-ladder", Runs = 2000)]
[ExpectedBug("ladder bug")]
public sealed class FloorLadderSimulation : ISimulation
{
    private const int Floors = 8;

    /// <inheritdoc/>
    public Task RunAsync(World world)
    {
        for (int floor = 0; floor < Floors; floor++)
        {
            Property.SometimesEach("floor", [("number", floor)]);
            if (world.Random.Below(6) != 0)
            {
                return Task.CompletedTask;
            }
        }

        Property.Unreachable("ladder bug: the top was reached");
        return Task.CompletedTask;
    }
}
