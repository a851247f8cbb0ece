using Edgewise.Annotations;
using Edgewise.Simulation;

namespace Simulations.Mazes;

/// <summary>
/// A corridor of two thousand easy steps that leads nowhere, and beside it five doors, each of which one draw in twelve opens. Who always goes on from
/// the deepest place walks the corridor to its end and never tries a door twice.
/// </summary>
[Simulation("deceptive-maze", Runs = 5000)]
[ExpectedBug("deceptive bug")]
public sealed class DeceptiveMazeSimulation : ISimulation
{
    private const int CorridorLength = 2000;
    private const int Doors = 5;

    /// <inheritdoc/>
    public Task RunAsync(World world)
    {
        if (world.Random.Below(2) == 0)
        {
            Walk(world);
        }
        else if (OpensAllDoors(world))
        {
            Property.Unreachable("deceptive bug: all doors opened");
        }

        return Task.CompletedTask;
    }

    private static void Walk(World world)
    {
        for (int step = 0; step < CorridorLength; step++)
        {
            Property.SometimesEach("corridor", [("step", step)]);
            if (world.Random.Below(3) != 0)
            {
                return;
            }
        }
    }

    private static bool OpensAllDoors(World world)
    {
        for (int door = 0; door < Doors; door++)
        {
            Property.SometimesEach("door", [("number", door)]);
            if (world.Random.Below(12) != 7)
            {
                return false;
            }
        }

        return true;
    }
}
