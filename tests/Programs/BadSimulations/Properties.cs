using Edgewise.Annotations;
using Edgewise.Simulation;

namespace BadSimulations;

/// <summary>Nothing is wrong with it.</summary>
[Simulation("calm")]
public sealed class Calm : ISimulation
{
    /// <inheritdoc/>
    public async Task RunAsync(World world)
    {
        await world.Delay(TimeSpan.FromSeconds(world.Random.Below(5)));
        Property.Sometimes(world.Elapsed > TimeSpan.FromSeconds(2), "it took a while");
    }
}

/// <summary>Has properties of each kind: some that hold, some that fail, some that are never seen.</summary>
[Simulation("all-properties", Runs = 40)]
public sealed class AllProperties : ISimulation
{
    /// <inheritdoc/>
    public Task RunAsync(World world)
    {
        for (int i = 0; i < 8; i++)
        {
            Ask(world.Random.Below(100));
        }

        return Task.CompletedTask;
    }

    private static void Ask(long number)
    {
        Property.Always(number >= 0, "numbers are not negative");
        Property.AlwaysOrUnreachable(number < 100, "numbers are below 100");
        Property.Sometimes(number > 1000, "a number passes 1000");
        Property.Reachable("a number is drawn");
        Property.AlwaysLessThan(number, 101, "numbers stay below 101");
        Property.AlwaysGreaterThan(number / 10.0, -1.5, "tenths stay above -1.5");
        Property.SometimesGreaterThan(number, 200, "a number passes 200");
        Property.SometimesAll("two things at once", [("even", number % 2 == 0), ("large", number > 50)]);
        Property.SometimesEach("decade", [("decade", number / 10)], [("number", number)]);
        if (number == 13)
        {
            Property.Unreachable("thirteen is drawn", ("number", number));
        }
    }
}

/// <summary>Says that it plants a bug, and does not.</summary>
[Simulation("plants-nothing", Runs = 20)]
[ExpectedBug("the bug that is not there")]
public sealed class PlantsNothing : ISimulation
{
    /// <inheritdoc/>
    public Task RunAsync(World world)
    {
        world.Random.Next();
        return Task.CompletedTask;
    }
}
