namespace Edgewise.IntegrationTests.Proof;

/// <summary>A callback class as a user writes one: it numbers guards and counts every call.</summary>
public static unsafe class CountingCallbacks
{
    private const int Capacity = 1 << 22;

    private static uint s_lastGuard;

    /// <summary>Calls of <see cref="TracePcGuard"/> by the guard's number.</summary>
    public static long[] GuardCalls { get; } = new long[Capacity];

    /// <summary>Calls of <see cref="TracePc"/> by place of the point.</summary>
    public static long[] PcCalls { get; } = new long[Capacity];

    /// <summary><c>__sanitizer_cov_trace_pc_guard_init</c>: numbers a module's guards, once.</summary>
    public static void TracePcGuardInit(uint* start, uint* stop)
    {
        if (start == stop || *start != 0)
        {
            return;
        }

        for (uint* guard = start; guard < stop; guard++)
        {
            *guard = ++s_lastGuard;
        }
    }

    /// <summary><c>__sanitizer_cov_trace_pc_guard</c>.</summary>
    public static void TracePcGuard(uint* guard, int point) => GuardCalls[*guard]++;

    /// <summary><c>__sanitizer_cov_trace_pc</c>.</summary>
    public static void TracePc(int point) => PcCalls[PlaceOf(point)]++;

    /// <summary>Place of a process-wide point within its load context's region of the map, whichever that is: one context is counted at a time.</summary>
    public static int PlaceOf(int point) => point % Capacity;
}
