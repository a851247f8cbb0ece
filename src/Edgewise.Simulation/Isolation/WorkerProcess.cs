using System.Diagnostics;
using Edgewise.Exploration.Engines.Workers;
using Edgewise.Simulation.Loading;
using Edgewise.Supervision;

namespace Edgewise.Simulation.Isolation;

/// <summary>
/// Starts worker processes from any program: this very program is started once more, with this library as a startup hook, which takes the process over
/// before the program's own code runs. So a search can leave a test host without a program of its own.
/// </summary>
internal static class WorkerProcess
{
    /// <summary>How to start a worker for a simulation.</summary>
    public static Func<WorkerLaunch, ProcessStartInfo> For(SimulationAssembly assembly, SimulationEntry entry, WorldOptions options) => launch =>
    {
        var target = new WorkerTarget(
            assembly.Path, entry.Name, string.Join(',', assembly.CountedAssemblies.Globs), options.VirtualTimeBudget, options.StepBudget, launch.SlotFile);
        ProcessStartInfo start = ThisProgram.StartWith(typeof(WorkerProcess).Assembly);
        start.Environment[WorkerTarget.Variable] = target.ToText();
        return start;
    };

    /// <summary>Takes this process over if it was started as a worker.</summary>
    public static void TakeOver()
    {
        if (WorkerTarget.FromText(Environment.GetEnvironmentVariable(WorkerTarget.Variable)) is not { } target)
        {
            return;
        }

        // What the simulation starts is no worker.
        Environment.SetEnvironmentVariable(WorkerTarget.Variable, null);
        Environment.SetEnvironmentVariable(ThisProgram.Hooks, null);
        try
        {
            SimulationAssembly assembly = SimulationAssembly.Load(target.Assembly, Instrumentation.Selection.AssemblyGlobs.Parse(target.Counted));
            var options = new WorldOptions { VirtualTimeBudget = target.VirtualTimeBudget, StepBudget = target.StepBudget };
            WorkerLoop.Run(new SimulationTarget(assembly.Find(target.Simulation).Create, options, assembly.Counters, assembly.CounterPages), target.SlotFile);
        }
        catch (Exception failure) when (failure is SimulationException or Hosting.HostingException or SupervisionException)
        {
            Console.Error.WriteLine($"edgewise: {failure.Message}");
            Environment.Exit(1);
        }

        Environment.Exit(0);
    }
}
