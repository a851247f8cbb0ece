using System.Globalization;

namespace Edgewise.Tests.Instrumentation.DataFlow;

/// <summary>A callback class as a user writes one: it keeps what each callback of the calling thread was given, and what lay at the addresses.</summary>
public static unsafe class FlowRecorder
{
    [ThreadStatic]
    private static List<(string Text, int Site)>? t_events;

    /// <summary>What was recorded on this thread since it was cleared.</summary>
    public static IList<(string Text, int Site)> Events => t_events ??= [];

    public static void TracePcGuard(uint* guard) => Add("Guard", -1);

    public static void TracePcGuardInit(uint* start, uint* stop) => new Span<uint>(start, (int)(stop - start)).Fill(1);

    public static void TraceCmp4(uint left, uint right, int site) => Add($"Cmp4 {(int)left} {(int)right}", site);

    public static void TraceConstCmp4(uint constant, uint value, int site) => Add($"ConstCmp4 {(int)constant} {(int)value}", site);

    public static void TraceDiv4(uint divisor, int site) => Add($"Div4 {(int)divisor}", site);

    public static void TraceDiv8(ulong divisor, int site) => Add($"Div8 {(long)divisor}", site);

    public static void TraceGep(nuint index, int site) => Add($"Gep {(nint)index}", site);

    public static void Load1(void* address, int site) => Add($"Load1 {*(sbyte*)address}", site);

    public static void Load2(void* address, int site) => Add($"Load2 {*(short*)address}", site);

    public static void Load4(void* address, int site) => Add($"Load4 {*(int*)address}", site);

    public static void Load8(void* address, int site) => Add($"Load8 {*(long*)address}", site);

    public static void Load16(void* address, int site) => Add($"Load16 {*(Int128*)address}", site);

    public static void Store1(void* address, int site) => Add($"Store1 {*(sbyte*)address}", site);

    public static void Store2(void* address, int site) => Add($"Store2 {*(short*)address}", site);

    public static void Store4(void* address, int site) => Add($"Store4 {*(int*)address}", site);

    public static void Store8(void* address, int site) => Add($"Store8 {*(long*)address}", site);

    public static void Store16(void* address, int site) => Add($"Store16 {*(Int128*)address}", site);

    public static void StackDepth(nuint address) => Add("Depth " + address.ToString(CultureInfo.InvariantCulture), -1);

    private static void Add(string text, int site) => Events.Add((text, site));
}
