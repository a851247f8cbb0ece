using Edgewise.Exploration;

namespace Edgewise.Simulation.Ends;

/// <summary>The end of a run in which nothing can happen any more.</summary>
internal static class DeadlockEnd
{
    /// <summary>The end, with what the simulation and its processes wait for.</summary>
    public static TimelineEnd Of(World world, Task main)
    {
        string chain = string.Join(" > ", Waiting.ChainOf(main));
        return new TimelineEnd(
            BugKind.Deadlock,
            $"deadlock: {chain}",
            $"nothing is ready to run, no timer is set, and the simulation is not finished, at {world.Elapsed} of simulated time{Environment.NewLine}"
            + $"  the simulation waits in {chain}");
    }
}
