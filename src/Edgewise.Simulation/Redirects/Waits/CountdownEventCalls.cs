namespace Edgewise.Simulation.Redirects.Waits;

/// <summary><c>CountdownEvent.Wait</c>: reported in a world, unless the count is zero.</summary>
[StandsInFor(typeof(CountdownEvent))]
public static class CountdownEventCalls
{
    /// <inheritdoc cref="CountdownEvent.Wait()"/>
    public static void Wait(CountdownEvent countdown) => Wait(countdown, CancellationToken.None);

    /// <inheritdoc cref="CountdownEvent.Wait(CancellationToken)"/>
    public static void Wait(CountdownEvent countdown, CancellationToken cancellationToken)
    {
        BlockingCall.Check(countdown.IsSet, "CountdownEvent.Wait");
        countdown.Wait(cancellationToken);
    }

    /// <inheritdoc cref="CountdownEvent.Wait(int)"/>
    public static bool Wait(CountdownEvent countdown, int millisecondsTimeout) => Wait(countdown, millisecondsTimeout, CancellationToken.None);

    /// <inheritdoc cref="CountdownEvent.Wait(TimeSpan)"/>
    public static bool Wait(CountdownEvent countdown, TimeSpan timeout) => Wait(countdown, timeout, CancellationToken.None);

    /// <inheritdoc cref="CountdownEvent.Wait(int, CancellationToken)"/>
    public static bool Wait(CountdownEvent countdown, int millisecondsTimeout, CancellationToken cancellationToken)
    {
        BlockingCall.Check(countdown.IsSet, millisecondsTimeout, "CountdownEvent.Wait");
        return countdown.Wait(millisecondsTimeout, cancellationToken);
    }

    /// <inheritdoc cref="CountdownEvent.Wait(TimeSpan, CancellationToken)"/>
    public static bool Wait(CountdownEvent countdown, TimeSpan timeout, CancellationToken cancellationToken)
    {
        BlockingCall.Check(countdown.IsSet, timeout, "CountdownEvent.Wait");
        return countdown.Wait(timeout, cancellationToken);
    }
}
