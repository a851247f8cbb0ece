using System.Globalization;
using Edgewise.Instrumentation;

namespace Edgewise.Tests.Instrumentation.TraceCmp;

/// <summary>Callbacks as a user would write them: each notes that it was called, and by which thread.</summary>
public static unsafe class RecordedCalls
{
    [ThreadStatic]
    private static List<TracedCall>? _calls;

    /// <summary>What code is bound to that is to be recorded.</summary>
    public static CallbackClass Class { get; } = new(
        typeof(RecordedCalls).Assembly.GetName(),
        typeof(RecordedCalls).Namespace!,
        nameof(RecordedCalls),
        CallbackSignature.All.Where(signature => typeof(RecordedCalls).GetMethod(signature.Name) is not null).Aggregate(CallbackMethods.None, (all, signature) => all | signature.Method),
        typeof(RecordedCalls).Assembly.Location);

    /// <summary>Takes the calls that this thread made since it last asked.</summary>
    public static List<TracedCall> Take()
    {
        List<TracedCall> calls = _calls ?? [];
        _calls = null;
        return calls;
    }

    public static void TraceCmp1(byte left, byte right, int site) => Add("Cmp1", left, right, site);

    public static void TraceCmp2(ushort left, ushort right, int site) => Add("Cmp2", left, right, site);

    public static void TraceCmp4(uint left, uint right, int site) => Add("Cmp4", left, right, site);

    public static void TraceCmp8(ulong left, ulong right, int site) => Add("Cmp8", left, right, site);

    public static void TraceConstCmp1(byte constant, byte value, int site) => Add("ConstCmp1", constant, value, site);

    public static void TraceConstCmp2(ushort constant, ushort value, int site) => Add("ConstCmp2", constant, value, site);

    public static void TraceConstCmp4(uint constant, uint value, int site) => Add("ConstCmp4", constant, value, site);

    public static void TraceConstCmp8(ulong constant, ulong value, int site) => Add("ConstCmp8", constant, value, site);

    public static void TraceSwitch(ulong value, ulong* cases, int site)
    {
        IEnumerable<string> texts = new Span<ulong>(cases + 2, (int)cases[0]).ToArray().Select(number => number.ToString("x", CultureInfo.InvariantCulture));
        Add("Switch", value, 0, site, $"{cases[1]}: {string.Join(' ', texts)}");
    }

    public static void TraceDiv4(uint divisor, int site) => Add("Div4", divisor, 0, site);

    public static void TraceDiv8(ulong divisor, int site) => Add("Div8", divisor, 0, site);

    public static void TraceGep(nuint index, int site) => Add("Gep", index, 0, site);

    private static void Add(string name, ulong first, ulong second, int site, string cases = "") =>
        (_calls ??= []).Add(new TracedCall(name, first, second, cases, site));
}
