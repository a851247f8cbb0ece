using System.Diagnostics;

namespace Edgewise.Simulation.Redirects.Time;

/// <summary><see cref="Stopwatch"/>: in a world it measures simulated time. Its frequency is the system's.</summary>
[StandsInFor(typeof(Stopwatch))]
public static class StopwatchCalls
{
    /// <inheritdoc cref="Stopwatch.GetTimestamp()"/>
    public static long GetTimestamp() => CurrentTime.Instance.GetTimestamp();

    /// <inheritdoc cref="Stopwatch.GetElapsedTime(long)"/>
    public static TimeSpan GetElapsedTime(long startingTimestamp) => Stopwatch.GetElapsedTime(startingTimestamp, GetTimestamp());

    /// <inheritdoc cref="Stopwatch.StartNew()"/>
    public static Stopwatch StartNew()
    {
        Stopwatch started = new();
        Start(started);
        return started;
    }

    /// <inheritdoc cref="Stopwatch.Start()"/>
    public static void Start(Stopwatch stopwatch)
    {
        if (SimulatedStopwatches.Find(stopwatch) is { } simulated)
        {
            simulated.Start();
        }
        else
        {
            stopwatch.Start();
        }
    }

    /// <inheritdoc cref="Stopwatch.Stop()"/>
    public static void Stop(Stopwatch stopwatch)
    {
        if (SimulatedStopwatches.Find(stopwatch) is { } simulated)
        {
            simulated.Stop();
        }
        else
        {
            stopwatch.Stop();
        }
    }

    /// <inheritdoc cref="Stopwatch.Reset()"/>
    public static void Reset(Stopwatch stopwatch)
    {
        if (SimulatedStopwatches.Find(stopwatch) is { } simulated)
        {
            simulated.Reset();
        }
        else
        {
            stopwatch.Reset();
        }
    }

    /// <inheritdoc cref="Stopwatch.Restart()"/>
    public static void Restart(Stopwatch stopwatch)
    {
        Reset(stopwatch);
        Start(stopwatch);
    }

    /// <inheritdoc cref="Stopwatch.IsRunning"/>
    public static bool IsRunning(Stopwatch stopwatch) => SimulatedStopwatches.Find(stopwatch)?.IsRunning ?? stopwatch.IsRunning;

    /// <inheritdoc cref="Stopwatch.Elapsed"/>
    public static TimeSpan Elapsed(Stopwatch stopwatch) => SimulatedStopwatches.Find(stopwatch)?.Elapsed ?? stopwatch.Elapsed;

    /// <inheritdoc cref="Stopwatch.ElapsedMilliseconds"/>
    public static long ElapsedMilliseconds(Stopwatch stopwatch) =>
        SimulatedStopwatches.Find(stopwatch) is { } simulated ? simulated.Elapsed.Ticks / TimeSpan.TicksPerMillisecond : stopwatch.ElapsedMilliseconds;

    /// <inheritdoc cref="Stopwatch.ElapsedTicks"/>
    public static long ElapsedTicks(Stopwatch stopwatch) =>
        SimulatedStopwatches.Find(stopwatch) is { } simulated ? CurrentTime.TimestampOf(simulated.Elapsed) : stopwatch.ElapsedTicks;
}
