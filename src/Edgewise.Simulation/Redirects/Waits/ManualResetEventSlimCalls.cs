namespace Edgewise.Simulation.Redirects.Waits;

/// <summary><c>ManualResetEventSlim.Wait</c>: reported in a world, unless the event is set.</summary>
[StandsInFor(typeof(ManualResetEventSlim))]
public static class ManualResetEventSlimCalls
{
    /// <inheritdoc cref="ManualResetEventSlim.Wait()"/>
    public static void Wait(ManualResetEventSlim reset) => Wait(reset, CancellationToken.None);

    /// <inheritdoc cref="ManualResetEventSlim.Wait(CancellationToken)"/>
    public static void Wait(ManualResetEventSlim reset, CancellationToken cancellationToken)
    {
        BlockingCall.Check(reset.IsSet, "ManualResetEventSlim.Wait");
        reset.Wait(cancellationToken);
    }

    /// <inheritdoc cref="ManualResetEventSlim.Wait(int)"/>
    public static bool Wait(ManualResetEventSlim reset, int millisecondsTimeout) => Wait(reset, millisecondsTimeout, CancellationToken.None);

    /// <inheritdoc cref="ManualResetEventSlim.Wait(TimeSpan)"/>
    public static bool Wait(ManualResetEventSlim reset, TimeSpan timeout) => Wait(reset, timeout, CancellationToken.None);

    /// <inheritdoc cref="ManualResetEventSlim.Wait(int, CancellationToken)"/>
    public static bool Wait(ManualResetEventSlim reset, int millisecondsTimeout, CancellationToken cancellationToken)
    {
        BlockingCall.Check(reset.IsSet, millisecondsTimeout, "ManualResetEventSlim.Wait");
        return reset.Wait(millisecondsTimeout, cancellationToken);
    }

    /// <inheritdoc cref="ManualResetEventSlim.Wait(TimeSpan, CancellationToken)"/>
    public static bool Wait(ManualResetEventSlim reset, TimeSpan timeout, CancellationToken cancellationToken)
    {
        BlockingCall.Check(reset.IsSet, timeout, "ManualResetEventSlim.Wait");
        return reset.Wait(timeout, cancellationToken);
    }
}
