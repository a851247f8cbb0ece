namespace Edgewise.Simulation.Redirects.Waits;

/// <summary><c>SpinWait.SpinUntil</c>: reported in a world, unless the condition holds at once.</summary>
[StandsInFor(typeof(SpinWait))]
public static class SpinWaitCalls
{
    /// <inheritdoc cref="SpinWait.SpinUntil(Func{bool})"/>
    public static void SpinUntil(Func<bool> condition) => SpinUntil(condition, Timeout.Infinite);

    /// <inheritdoc cref="SpinWait.SpinUntil(Func{bool}, TimeSpan)"/>
    public static bool SpinUntil(Func<bool> condition, TimeSpan timeout) => SpinUntil(condition, (int)Math.Ceiling(timeout.TotalMilliseconds));

    /// <inheritdoc cref="SpinWait.SpinUntil(Func{bool}, int)"/>
    public static bool SpinUntil(Func<bool> condition, int millisecondsTimeout)
    {
        if (World.Current is null)
        {
            return SpinWait.SpinUntil(condition, millisecondsTimeout);
        }

        bool holds = SpinWait.SpinUntil(condition, 0);
        BlockingCall.Check(holds, millisecondsTimeout, "SpinWait.SpinUntil");
        return holds;
    }
}
