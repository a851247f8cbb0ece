using Edgewise.Instrumentation;

namespace Edgewise.Tests.Instrumentation.TraceCmp;

/// <summary>Callbacks that only count, on the thread that is called.</summary>
public static unsafe class CountedCalls
{
    /// <summary>Calls on this thread.</summary>
    [field: ThreadStatic]
    public static int Count { get; set; }

    /// <summary>What code is bound to that is to be counted.</summary>
    public static CallbackClass Class { get; } = RecordedCalls.Class with { Name = nameof(CountedCalls) };

    public static void TraceCmp1(byte left, byte right, int site) => Count++;

    public static void TraceCmp2(ushort left, ushort right, int site) => Count++;

    public static void TraceCmp4(uint left, uint right, int site) => Count++;

    public static void TraceCmp8(ulong left, ulong right, int site) => Count++;

    public static void TraceConstCmp1(byte constant, byte value, int site) => Count++;

    public static void TraceConstCmp2(ushort constant, ushort value, int site) => Count++;

    public static void TraceConstCmp4(uint constant, uint value, int site) => Count++;

    public static void TraceConstCmp8(ulong constant, ulong value, int site) => Count++;

    public static void TraceSwitch(ulong value, ulong* cases, int site) => Count++;

    public static void TraceDiv4(uint divisor, int site) => Count++;

    public static void TraceDiv8(ulong divisor, int site) => Count++;

    public static void TraceGep(nuint index, int site) => Count++;
}
