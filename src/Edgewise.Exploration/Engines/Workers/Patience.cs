using System.Diagnostics;

namespace Edgewise.Exploration.Engines.Workers;

/// <summary>Waits on a word of shared memory for a moment before a process goes to sleep: to be woken takes longer than most answers.</summary>
internal static class Patience
{
    private static readonly long SpinTicks = Environment.ProcessorCount > 1 ? Stopwatch.Frequency / 50_000 : 0; // 20 µs

    /// <summary>Spins until something is there, for 20 µs at most.</summary>
    /// <returns>False where it did not come.</returns>
    public static bool SpinUntil<TOwner>(TOwner owner, int argument, Func<TOwner, int, bool> isThere)
    {
        if (isThere(owner, argument))
        {
            return true;
        }

        long end = Stopwatch.GetTimestamp() + SpinTicks;
        while (Stopwatch.GetTimestamp() < end)
        {
            Thread.SpinWait(8);
            if (isThere(owner, argument))
            {
                return true;
            }
        }

        return false;
    }
}
