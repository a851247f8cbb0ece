namespace Edgewise.Simulation.Redirects.Waits;

/// <summary><c>WaitHandle.WaitOne</c>: reported in a world, unless the handle is signalled.</summary>
[StandsInFor(typeof(WaitHandle))]
public static class WaitHandleCalls
{
    /// <inheritdoc cref="WaitHandle.WaitOne()"/>
    public static bool WaitOne(WaitHandle handle) => WaitOne(handle, Timeout.Infinite);

    /// <inheritdoc cref="WaitHandle.WaitOne(int)"/>
    public static bool WaitOne(WaitHandle handle, int millisecondsTimeout)
    {
        if (World.Current is null)
        {
            return handle.WaitOne(millisecondsTimeout);
        }

        // Of zero it takes the signal where there is one, and does not block.
        bool isSignalled = handle.WaitOne(0);
        BlockingCall.Check(isSignalled, millisecondsTimeout, "WaitHandle.WaitOne");
        return isSignalled;
    }

    /// <inheritdoc cref="WaitHandle.WaitOne(TimeSpan)"/>
    public static bool WaitOne(WaitHandle handle, TimeSpan timeout) =>
        World.Current is null ? handle.WaitOne(timeout) : WaitOne(handle, (int)Math.Ceiling(timeout.TotalMilliseconds));

    /// <inheritdoc cref="WaitHandle.WaitOne(int, bool)"/>
    public static bool WaitOne(WaitHandle handle, int millisecondsTimeout, bool exitContext) =>
        World.Current is null ? handle.WaitOne(millisecondsTimeout, exitContext) : WaitOne(handle, millisecondsTimeout);

    /// <inheritdoc cref="WaitHandle.WaitOne(TimeSpan, bool)"/>
    public static bool WaitOne(WaitHandle handle, TimeSpan timeout, bool exitContext) =>
        World.Current is null ? handle.WaitOne(timeout, exitContext) : WaitOne(handle, timeout);
}
