using Edgewise.Exploration;
using Edgewise.Simulation.Ends;
using Edgewise.Simulation.Time;

namespace Edgewise.Simulation;

// What code does to the world that it runs in other than by awaiting: it holds its thread for a time, or ends the process.
public sealed partial class World
{
    /// <summary>Lets time pass while the code that runs now holds the thread: what becomes due meanwhile is ready when it lets go.</summary>
    /// <param name="time">How long; not negative.</param>
    /// <exception cref="SimulationException">The run has no such time left.</exception>
    internal void Sleep(TimeSpan time)
    {
        long until = _now + time.Ticks;
        if (until > _options.VirtualTimeBudget.Ticks || until < _now)
        {
            Fail(new TimelineEnd(
                BugKind.VirtualTimeBudget, "virtual time budget", $"a sleep of {time} does not end within {_options.VirtualTimeBudget} of simulated time"));
            throw new SimulationException($"a sleep of {time} in a simulation does not end within its {_options.VirtualTimeBudget}");
        }

        _now = until;
        while (Timers.Count > 0 && Timers.FirstDue <= until)
        {
            TimedWork work = Timers.TakeFirst();
            work.ReadyCount++;
            _ready.Add(work, null, work.Context);
        }
    }

    /// <summary>The code that runs now ends its process, which is the world's too.</summary>
    /// <param name="kind">How.</param>
    /// <param name="what">What it did, in one line.</param>
    /// <returns>The exception to throw, so that the caller goes no further.</returns>
    internal SimulationException Leave(BugKind kind, string what)
    {
        Fail(new TimelineEnd(kind, $"{what} {UserFrames.OfHere()}", what + Environment.NewLine + Environment.StackTrace));
        return new SimulationException($"{what} in a simulation: end the task that RunAsync returned instead, or crash the simulated process");
    }
}
