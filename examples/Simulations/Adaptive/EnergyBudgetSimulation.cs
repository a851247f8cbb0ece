using Edgewise.Annotations;
using Edgewise.Simulation;

namespace Simulations.Adaptive;

/// <summary>Three gates that always open, searched with a budget of eight runs: a search that keeps to its budget makes no more.</summary>
[Simulation("energy-budget", Runs = 8)]
public sealed class EnergyBudgetSimulation : ISimulation
{
    private static readonly string[] Gates = ["first gate", "second gate", "third gate"];

    /// <inheritdoc/>
    public Task RunAsync(World world)
    {
        foreach (string gate in Gates)
        {
            world.Random.Next();
            Property.Sometimes(true, gate);
        }

        return Task.CompletedTask;
    }
}
