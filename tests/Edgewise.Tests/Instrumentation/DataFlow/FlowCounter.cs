namespace Edgewise.Tests.Instrumentation.DataFlow;

/// <summary>A callback class that does as little as can be seen.</summary>
public static unsafe class FlowCounter
{
    /// <summary>How often each callback was called on this thread, all together.</summary>
    [ThreadStatic]
    private static long t_calls;

    public static long Calls => t_calls;

    public static void TraceDiv4(uint divisor, int site) => t_calls++;

    public static void TraceGep(nuint index, int site) => t_calls++;

    public static void Load4(void* address, int site) => t_calls++;

    public static void Store4(void* address, int site) => t_calls++;

    public static void StackDepth(nuint address) => t_calls++;
}
