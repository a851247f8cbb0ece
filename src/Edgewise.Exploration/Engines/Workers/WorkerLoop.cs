using Edgewise.Exploration.Engines.Forking;
using Edgewise.Supervision;
using Edgewise.Supervision.Workers;

namespace Edgewise.Exploration.Engines.Workers;

/// <summary>The worker's side of <see cref="WorkersEngine"/> and <see cref="ForkEngine"/>: what a worker process does.</summary>
public static class WorkerLoop
{
    /// <summary>
    /// Runs the jobs of an engine, on this thread, until it wants no more. The process is the engine's from then on: it dies with it, its standard input
    /// is empty, and what it writes to standard output is thrown away.
    /// </summary>
    /// <param name="target">What runs.</param>
    /// <param name="slotFile">The file of <see cref="WorkerLaunch"/>.</param>
    /// <exception cref="SupervisionException">The file is no slot.</exception>
    public static void Run(ITimelineTarget target, string slotFile)
    {
        ArgumentNullException.ThrowIfNull(target);
        using WorkerSlot slot = WorkerSlot.Open(slotFile);
        var channel = new WorkerChannel(slot, WorkerSide.Take(slot.ParentId));
        var run = new TimelineRun(target);
        var writer = new ResultWriter(channel);
        if (slot.Mode == WorkerMode.Fork)
        {
            ForkServer.Run(target, run, channel, writer);
            return;
        }

        // Tells an end of the process's own will from one by a signal, which has the same exit code in a shell's eyes.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => slot.Leaving = 1;
        channel.Write(RecordKind.Ready, slot.TakeIn(target));
        channel.WakeEngine();
        var cold = new ColdPoints();
        while (channel.TryTakeJob(out long number, out Job job))
        {
            writer.Start(number);
            slot.CounterCount = target.Counters.Length;
            RunJob(target, run, writer, cold, number, job);
        }
    }

    private static void RunJob(ITimelineTarget target, TimelineRun run, ResultWriter writer, ColdPoints cold, long number, Job job)
    {
        run.Journal.Observe(writer);
        TimelineEnd end = RunToEnd(() => run.Run(job));
        if (cold.Absorb(target.Counters))
        {
            writer.Start(number);
            end = RunToEnd(() => run.Run(job));
        }

        writer.SendCounters(target.Counters);
        writer.End(end, run);
    }

    /// <summary>Runs, and makes an end of what a target must not throw but does when memory is short.</summary>
    internal static TimelineEnd RunToEnd(Func<TimelineEnd> run)
    {
        try
        {
            return run();
        }
        catch (Exception failure) when (Innermost(failure) is OutOfMemoryException)
        {
            return new TimelineEnd(BugKind.OutOfMemory, WorkerDeath.OutOfMemory, failure.Message);
        }
    }

    private static Exception Innermost(Exception failure) => failure.InnerException is { } inner ? Innermost(inner) : failure;
}
