using Edgewise.Annotations;
using Edgewise.Exploration.Randomness;
using Edgewise.Simulation;

namespace Simulations.Branches;

/// <summary>
/// A handshake as people write it: what a peer has got to stands in its control flow, and no property tells of it; how many records it then accepted stands
/// in a number, and no branch tells of it. Only properties and edges together show all of the way.
/// </summary>
[Simulation("handshake", Runs = 20_000)]
[ExpectedBug("handshake bug")]
public sealed class HandshakeSimulation : ISimulation
{
    private const int Records = 4;

    /// <inheritdoc/>
    public Task RunAsync(World world)
    {
        if (SaysHello(world.Random) && AcceptsRecords(world.Random))
        {
            Property.Unreachable("handshake bug: the session was taken over");
        }

        return Task.CompletedTask;
    }

    private static bool SaysHello(RandomSource random)
    {
        if (random.Below(20) != 13)
        {
            return false;
        }

        if (random.Below(20) != 6)
        {
            return false;
        }

        if (random.Below(20) != 17)
        {
            return false;
        }

        return random.Below(20) == 9;
    }

    private static bool AcceptsRecords(RandomSource random)
    {
        int accepted = 0;
        while (accepted < Records && random.Below(20) == (accepted * 7) % 20)
        {
            accepted++;
            Property.SometimesGreaterThanOrEqualTo(accepted, Records, "records accepted");
        }

        return accepted == Records;
    }
}
