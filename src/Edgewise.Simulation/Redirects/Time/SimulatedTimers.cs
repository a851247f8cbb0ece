using System.Runtime.CompilerServices;

namespace Edgewise.Simulation.Redirects.Time;

/// <summary>The timers of a world behind <see cref="Timer"/>s that were made in one: the framework's class is sealed, so one that is never set stands for each.</summary>
internal static class SimulatedTimers
{
    private static readonly ConditionalWeakTable<Timer, ITimer> All = [];

    /// <summary>Makes a timer of a world.</summary>
    /// <param name="world">The world.</param>
    /// <param name="callback">What it calls.</param>
    /// <param name="state">What with.</param>
    /// <param name="isOwnState">With the timer itself.</param>
    /// <param name="dueTime">When first.</param>
    /// <param name="period">How often then.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time is negative and not infinite, or too long.</exception>
    public static Timer Make(World world, TimerCallback callback, object? state, bool isOwnState, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Timer timer = new(Nothing, null, Timeout.Infinite, Timeout.Infinite);
        State call = new(timer, callback, isOwnState ? timer : state);
        call.Simulated = world.Time.CreateTimer(Fire, call, dueTime, period);
        All.Add(timer, call.Simulated);
        return timer;
    }

    /// <summary>The timer of a world behind one, or null.</summary>
    public static ITimer? Find(Timer timer) => All.TryGetValue(timer, out ITimer? simulated) ? simulated : null;

    private static void Nothing(object? state)
    {
    }

    // A Timer may have been disposed of as an IDisposable, which is no call of its own: then it takes no change, and that ends this one too.
    private static void Fire(object? state)
    {
        State call = (State)state!;
        if (IsAlive(call.Timer))
        {
            call.Callback(call.Argument);
        }
        else
        {
            call.Simulated?.Dispose();
        }
    }

    private static bool IsAlive(Timer timer)
    {
        try
        {
            return timer.Change(Timeout.Infinite, Timeout.Infinite);
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    private sealed class State(Timer timer, TimerCallback callback, object? argument)
    {
        public Timer Timer => timer;

        public TimerCallback Callback => callback;

        public object? Argument => argument;

        public ITimer? Simulated { get; set; }
    }
}
