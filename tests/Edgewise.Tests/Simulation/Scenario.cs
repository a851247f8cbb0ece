using Edgewise.Exploration;
using Edgewise.Exploration.Journals;
using Edgewise.Exploration.Randomness;
using Edgewise.Simulation;

namespace Edgewise.Tests.Simulation;

/// <summary>A simulation of a test.</summary>
internal sealed class Scenario(Func<World, Task> body) : ISimulation
{
    public Task RunAsync(World world) => body(world);

    /// <summary>A target that runs a body.</summary>
    public static SimulationTarget Target(Func<World, Task> body, WorldOptions? options = null) => new(() => new Scenario(body), options);

    /// <summary>Runs a body once.</summary>
    public static TimelineEnd Run(Func<World, Task> body, ulong seed = 1, WorldOptions? options = null) =>
        Target(body, options).Run(new RandomSource(seed), new Journal());

    /// <summary>Runs a body that has to end well.</summary>
    public static void RunWell(Func<World, Task> body, ulong seed = 1) => Assert.Equal(TimelineEnd.Good, Run(body, seed));

    public static TimeSpan Milliseconds(double number) => TimeSpan.FromMilliseconds(number);
}
