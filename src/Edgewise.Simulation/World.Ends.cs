using Edgewise.Exploration;
using Edgewise.Simulation.Ends;

namespace Edgewise.Simulation;

// What ends the run of a world: its own code, on its thread, or someone outside, on any.
public sealed partial class World
{
    private const int PatienceInMilliseconds = 500;

    private TimelineEnd? _end;

    // Written by any thread, read by the loop.
    private TimelineEnd? _outside;
    private volatile bool _hasEnded;
    private int _latePosts;

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

    /// <summary>A wait at this place was no wait for a real thread.</summary>
    internal bool IsKnownToBlock(string place) => _parts.KnownBlocks.Contains(place);

    /// <summary>A wait at this place would never have ended.</summary>
    internal void RememberBlock(string place) => _parts.KnownBlocks.Add(place);

    /// <summary>From now on nothing is taken.</summary>
    internal void Close() => _hasEnded = true;

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
