using Edgewise.Exploration.Running;
using Edgewise.Simulation.Loading;
using Edgewise.Simulation.Running;

namespace Edgewise.Simulation;

/// <summary>Explores simulations from a test: <c>await Explorer.RunAsync&lt;MySimulation&gt;();</c></summary>
public static class Explorer
{
    private const int StackSize = 16 << 20;

    /// <summary>
    /// Searches the timelines of a simulation, and throws if anything is wrong with it. Its assembly is loaded once more, instrumented, in a context of its
    /// own, so several explorers can go on at once; each gives exactly what it gives alone.
    /// </summary>
    /// <typeparam name="T">The simulation, a class with a constructor without parameters.</typeparam>
    /// <param name="options">
    /// How to search. Where it is null, timelines run in this process, which a stack overflow in the simulation would end; with
    /// <see cref="SimulationOptions.Isolation"/> they run in a process of their own.
    /// </param>
    /// <param name="cancellation">Ends the search; what was found until then counts.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="SimulationFailedException">A bug that was not expected, an expected one that was not found, or nondeterminism. The message holds the seed, the recipe, and the command that replays it.</exception>
    /// <exception cref="SimulationException">The simulation cannot be loaded.</exception>
    public static Task<SimulationReport> RunAsync<T>(SimulationOptions? options = null, CancellationToken cancellation = default)
        where T : ISimulation
    {
        var done = new TaskCompletionSource<SimulationReport>(TaskCreationOptions.RunContinuationsAsynchronously);
        // A thread of its own: the world is bound to one, and deep recursion in a simulation should not find a small stack.
        var thread = new Thread(() => Run(typeof(T), options, done, cancellation), StackSize) { IsBackground = true, Name = $"exploration of {typeof(T).Name}" };
        thread.Start();
        return done.Task;
    }

    private static SimulationOptions Usual(SimulationEntry entry) => new()
    {
        Isolation = Running.Isolation.None,
        Exploration = new ExplorationOptions { Runs = entry.Runs ?? ExplorationOptions.UsualRuns },
    };

    private static void Run(Type type, SimulationOptions? options, TaskCompletionSource<SimulationReport> done, CancellationToken cancellation)
    {
        try
        {
            using SimulationAssembly assembly = SimulationAssembly.Load(type.Assembly.Location, isCollectible: true);
            SimulationEntry entry = assembly.Find(type);
            using var search = new SimulationSearch(assembly, entry, options ?? Usual(entry));
            SimulationReport report = search.Run(cancellation: cancellation);
            if (report.HasPassed)
            {
                done.SetResult(report);
            }
            else
            {
                done.SetException(new SimulationFailedException(report, assembly.Path));
            }
        }
        catch (Exception failure)
        {
            done.SetException(failure);
        }
    }
}
