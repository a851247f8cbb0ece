using System.Text;
using Edgewise.Exploration;
using Edgewise.Simulation.Processes;

namespace Edgewise.Simulation.Ends;

/// <summary>The end of a run in which nothing can happen any more.</summary>
internal static class DeadlockEnd
{
    /// <summary>The end, with what the simulation and its processes wait for.</summary>
    public static TimelineEnd Of(World world, Task main)
    {
        string chain = string.Join(" > ", Waiting.ChainOf(main, world, out bool isForeign));
        if (isForeign)
        {
            return new TimelineEnd(
                BugKind.Exception,
                $"not simulated: a task of another simulation is awaited in {chain}",
                $"the simulation waits in {chain}, which belongs to another run: keep no tasks in static fields");
        }

        var message = new StringBuilder();
        message.AppendLine($"nothing is ready to run, no timer is set, and the simulation is not finished, at {world.Elapsed} of simulated time");
        message.Append($"  the simulation waits in {chain}");
        foreach (SimulatedProcess process in world.Processes)
        {
            string waits = process.Main is { } body ? "waits in " + string.Join(" > ", Waiting.ChainOf(body, world, out _)) : "does not run";
            message.AppendLine().Append($"  process '{process.Name}' {waits}");
        }

        return new TimelineEnd(BugKind.Deadlock, $"deadlock: {chain}", message.ToString());
    }
}
