using System.Runtime.CompilerServices;

namespace Edgewise.Simulation.Redirects;

/// <summary>Reports calls that would block the one thread of a world.</summary>
internal static class BlockingCall
{
    /// <summary>Reports a call unless it returns at once, or no world runs on this thread.</summary>
    /// <param name="isDone">What is waited for has happened.</param>
    /// <param name="call">The call, as its user writes it.</param>
    /// <exception cref="SimulationException">It would block.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Check(bool isDone, string call)
    {
        if (!isDone)
        {
            Reach(call);
        }
    }

    /// <summary>The same of a call that waits no longer than a time: one of zero does not block.</summary>
    public static void Check(bool isDone, TimeSpan limit, string call) => Check(isDone || limit == TimeSpan.Zero, call);

    /// <summary>The same with a limit in milliseconds.</summary>
    public static void Check(bool isDone, int limit, string call) => Check(isDone || limit == 0, call);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Reach(string call)
    {
        if (World.Current is { } world)
        {
            throw world.Refuse($"{call}, which would block,", "await instead: the world has one thread, and nothing else runs while it blocks");
        }
    }
}
