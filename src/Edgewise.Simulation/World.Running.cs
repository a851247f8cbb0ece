using Edgewise.Exploration;
using Edgewise.Simulation.Ends;
using Edgewise.Simulation.Scheduling;
using Edgewise.Simulation.Time;

namespace Edgewise.Simulation;

// How a world runs: the loop that picks work, and time.
public sealed partial class World
{
    private readonly ReadyQueue _ready;
    private long _now;
    /// <summary>What waits for a time.</summary>
    internal TimerHeap Timers { get; }

    /// <summary>The context of the simulation itself.</summary>
    internal WorldContext MainContext { get; }

    /// <summary>The context of what runs now.</summary>
    internal WorldContext CurrentContext { get; private set; }

    /// <summary>Makes work ready, unless its context has ended.</summary>
    internal void Post(object work, object? state, WorldContext context)
    {
        if (_hasEnded)
        {
            Interlocked.Increment(ref _latePosts);
        }
        else if (!context.HasEnded && IsHere())
        {
            _ready.Add(work, state, context);
        }
    }

    /// <summary>Makes a call ready, unless its context has ended.</summary>
    internal void PostCall(SendOrPostCallback call, object? state, WorldContext context) => Post(call, state, context);

    /// <summary>Makes work ready when its time has come.</summary>
    internal void Schedule(TimedWork work, long due)
    {
        if (due <= _now)
        {
            work.ReadyCount++;
            _ready.Add(work, null, work.Context);
        }
        else
        {
            Timers.Add(work, due);
        }
    }

    /// <summary>Drops all work of a context that has ended.</summary>
    internal void Drop(WorldContext context)
    {
        context.End();
        _ready.Remove(context);
        Timers.Remove(context);
    }

    /// <summary>Goes on as another process for the rest of the step.</summary>
    internal void RunAs(WorldContext context, Action<object?> continuation, object? state)
    {
        if (context.HasEnded)
        {
            return;
        }

        Enter(context);
        continuation(state);
    }

    /// <summary>Runs until the task is complete, or something ends the run.</summary>
    internal void RunUntil(Task main)
    {
        try
        {
            while (!main.IsCompleted && End is null)
            {
                if (_ready.Count > 0)
                {
                    Step();
                }
                else if (Timers.Count > 0)
                {
                    PassTime();
                }
                else
                {
                    FailForDeadlock(main);
                }
            }

            if (main.IsFaulted || main.IsCanceled)
            {
                Fail(ExceptionEnd.Of(main));
            }
        }
        catch (Exception exception)
        {
            // Thrown by what was posted, by async void or by a timer: nobody else can handle it. One that the world itself threw set its end before.
            Fail(exception);
        }
    }

    private void Step()
    {
        if (Steps++ >= _options.StepBudget)
        {
            Fail(new TimelineEnd(BugKind.VirtualTimeBudget, "step budget", $"the run made more than {_options.StepBudget} steps, at {Elapsed} of simulated time"));
            return;
        }

        ReadyWork next = _ready.Take(Random);
        Enter(next.Context);
        if (next.Work is SendOrPostCallback callback)
        {
            callback(next.State);
        }
        else if (next.Work is Action<object?> continuation)
        {
            continuation(next.State);
        }
        else if (next.Work is Task task)
        {
            next.Context.Tasks.Execute(task);
        }
        else
        {
            var timed = (TimedWork)next.Work;
            timed.ReadyCount--;
            timed.Fire();
        }
    }

    private void Enter(WorldContext context)
    {
        CurrentContext = context;
        // Read each time: what ran before may have set another.
        if (SynchronizationContext.Current != context)
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    // All that is due at the next instant becomes ready at once.
    private void PassTime()
    {
        long due = Timers.FirstDue;
        if (due > _options.VirtualTimeBudget.Ticks)
        {
            Fail(new TimelineEnd(BugKind.VirtualTimeBudget, "virtual time budget", $"the run did not end within {_options.VirtualTimeBudget} of simulated time"));
            return;
        }

        _now = due;
        while (Timers.Count > 0 && Timers.FirstDue == due)
        {
            TimedWork work = Timers.TakeFirst();
            work.ReadyCount++;
            _ready.Add(work, null, work.Context);
        }
    }
}
