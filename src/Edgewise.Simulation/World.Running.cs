using Edgewise.Exploration;
using Edgewise.Simulation.Ends;
using Edgewise.Simulation.Scheduling;
using Edgewise.Simulation.Time;

namespace Edgewise.Simulation;

// How a world runs: the loop that picks work, time, and what ends the run. All of it on the thread of the world, but for what comes from outside.
public sealed partial class World
{
    private const int PatienceInMilliseconds = 50;

    private readonly ReadyQueue _ready;
    private long _now;
    private TimelineEnd? _end;

    // Written by any thread, read by the loop.
    private TimelineEnd? _outside;
    private volatile bool _hasEnded;
    private int _latePosts;

    /// <summary>What waits for a time.</summary>
    internal TimerHeap Timers { get; }

    /// <summary>The context of the simulation itself.</summary>
    internal WorldContext MainContext { get; }

    /// <summary>The context of what runs now.</summary>
    internal WorldContext CurrentContext { get; private set; }

    /// <summary>The run is over: nothing is taken any more.</summary>
    internal bool HasEnded => _hasEnded;

    /// <summary>Posts that came after the end and were dropped.</summary>
    internal int LatePosts => _latePosts;

    /// <summary>What went wrong first; null if nothing did.</summary>
    internal TimelineEnd? End => _end ?? Volatile.Read(ref _outside);

    /// <summary>True on the thread of the world while it runs; otherwise that someone else reached it is reported.</summary>
    internal bool IsHere()
    {
        if (t_current == this)
        {
            return true;
        }

        ReachFromOutside();
        return false;
    }

    /// <summary>Makes work ready, unless its context has ended.</summary>
    internal void Post(object work, object? state, WorldContext context)
    {
        if (context.HasEnded)
        {
            Interlocked.Increment(ref _latePosts);
        }
        else if (IsHere())
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

    /// <summary>Ends the run before the next step; the first end counts.</summary>
    internal void Fail(TimelineEnd end) => _end ??= end;

    /// <summary>Ends the run since an exception was not handled.</summary>
    internal void Fail(Exception exception) => Fail(ExceptionEnd.Of(exception));

    /// <summary>Ends the run since something was called that is not simulated.</summary>
    /// <param name="call">What was called.</param>
    /// <param name="instead">What to do about it.</param>
    /// <returns>The exception to throw, so that the caller goes no further.</returns>
    internal SimulationException Refuse(string call, string instead)
    {
        var exception = new SimulationException($"{call} in a simulation: {instead}");
        Fail(new TimelineEnd(BugKind.Exception, $"not simulated: {call} {UserFrames.OfHere()}", exception.Message + Environment.NewLine + Environment.StackTrace));
        return exception;
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

    /// <summary>From now on nothing is taken.</summary>
    internal void Close() => _hasEnded = true;

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

    // A real thread may still be about to come, which is another bug, and the one to report. How long it takes is no matter of the simulation: so the
    // first deadlock of a kind waits for one, and the verdict holds for all later ones.
    private void FailForDeadlock(Task main)
    {
        TimelineEnd end = DeadlockEnd.Of(this, main);
        if (_parts.KnownDeadlocks.Contains(end.Signature))
        {
            Fail(end);
            return;
        }

        for (int i = 0; i < PatienceInMilliseconds && End is null; i++)
        {
            Thread.Sleep(1);
        }

        if (End is null)
        {
            _parts.KnownDeadlocks.Add(end.Signature);
            Fail(end);
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

    private void ReachFromOutside()
    {
        if (_hasEnded)
        {
            Interlocked.Increment(ref _latePosts);
            return;
        }

        string who = Current is null ? "a real thread" : "another simulation";
        Interlocked.CompareExchange(
            ref _outside,
            new TimelineEnd(
                BugKind.Exception,
                $"not simulated: {who} reached the world",
                $"{who} completed a task, or set a timer, that this simulation waits for; it must come from the simulation itself{Environment.NewLine}{Environment.StackTrace}"),
            null);
    }
}
