namespace Edgewise.Instrumentation;

/// <summary>Name and parameters of a callback.</summary>
/// <param name="Method">Which one.</param>
/// <param name="Name">Name of the method.</param>
/// <param name="Parameters">Its parameters as C# declares them; it is <c>public static void</c>.</param>
/// <param name="CName">Name of the function that it is in C.</param>
public sealed record CallbackSignature(CallbackMethods Method, string Name, string Parameters, string CName)
{
    /// <summary>The callbacks that are handed the result of <see cref="CallbackMethods.EnterMethod"/> where the class has that.</summary>
    public const CallbackMethods PerThread = CallbackMethods.TracePc
        | CallbackMethods.TraceCmp1 | CallbackMethods.TraceCmp2 | CallbackMethods.TraceCmp4 | CallbackMethods.TraceCmp8
        | CallbackMethods.TraceConstCmp1 | CallbackMethods.TraceConstCmp2 | CallbackMethods.TraceConstCmp4 | CallbackMethods.TraceConstCmp8
        | CallbackMethods.TraceSwitch;

    private const byte Void = 0x01;
    private const byte NativeInt = 0x18;
    private const byte Pointer = 0x0F;

    /// <summary>All callbacks.</summary>
    public static IReadOnlyList<CallbackSignature> All { get; } =
    [
        new(CallbackMethods.TracePc, "TracePc", "int point", "__sanitizer_cov_trace_pc"),
        new(CallbackMethods.TracePcGuard, "TracePcGuard", "uint* guard, int point", "__sanitizer_cov_trace_pc_guard"),
        new(CallbackMethods.TracePcGuardWithoutPoint, "TracePcGuard", "uint* guard", "__sanitizer_cov_trace_pc_guard"),
        new(CallbackMethods.TracePcGuardInit, "TracePcGuardInit", "uint* start, uint* stop", "__sanitizer_cov_trace_pc_guard_init"),
        new(CallbackMethods.Inline8BitCountersInit, "Inline8BitCountersInit", "byte* start, byte* stop", "__sanitizer_cov_8bit_counters_init"),
        new(CallbackMethods.InlineBoolFlagInit, "InlineBoolFlagInit", "byte* start, byte* stop", "__sanitizer_cov_bool_flag_init"),
        new(CallbackMethods.PcsInit, "PcsInit", "ulong* start, ulong* stop", "__sanitizer_cov_pcs_init"),
        new(CallbackMethods.Init, "Init", "", "__sanitizer_cov_init"),
        new(CallbackMethods.TraceCmp1, "TraceCmp1", "byte left, byte right, int site", "__sanitizer_cov_trace_cmp1"),
        new(CallbackMethods.TraceCmp2, "TraceCmp2", "ushort left, ushort right, int site", "__sanitizer_cov_trace_cmp2"),
        new(CallbackMethods.TraceCmp4, "TraceCmp4", "uint left, uint right, int site", "__sanitizer_cov_trace_cmp4"),
        new(CallbackMethods.TraceCmp8, "TraceCmp8", "ulong left, ulong right, int site", "__sanitizer_cov_trace_cmp8"),
        new(CallbackMethods.TraceConstCmp1, "TraceConstCmp1", "byte constant, byte value, int site", "__sanitizer_cov_trace_const_cmp1"),
        new(CallbackMethods.TraceConstCmp2, "TraceConstCmp2", "ushort constant, ushort value, int site", "__sanitizer_cov_trace_const_cmp2"),
        new(CallbackMethods.TraceConstCmp4, "TraceConstCmp4", "uint constant, uint value, int site", "__sanitizer_cov_trace_const_cmp4"),
        new(CallbackMethods.TraceConstCmp8, "TraceConstCmp8", "ulong constant, ulong value, int site", "__sanitizer_cov_trace_const_cmp8"),
        new(CallbackMethods.TraceSwitch, "TraceSwitch", "ulong value, ulong* cases, int site", "__sanitizer_cov_trace_switch"),
        new(CallbackMethods.TraceDiv4, "TraceDiv4", "uint divisor, int site", "__sanitizer_cov_trace_div4"),
        new(CallbackMethods.TraceDiv8, "TraceDiv8", "ulong divisor, int site", "__sanitizer_cov_trace_div8"),
        new(CallbackMethods.TraceGep, "TraceGep", "nuint index, int site", "__sanitizer_cov_trace_gep"),
        new(CallbackMethods.Load1, "Load1", "void* address, int site", "__sanitizer_cov_load1"),
        new(CallbackMethods.Load2, "Load2", "void* address, int site", "__sanitizer_cov_load2"),
        new(CallbackMethods.Load4, "Load4", "void* address, int site", "__sanitizer_cov_load4"),
        new(CallbackMethods.Load8, "Load8", "void* address, int site", "__sanitizer_cov_load8"),
        new(CallbackMethods.Load16, "Load16", "void* address, int site", "__sanitizer_cov_load16"),
        new(CallbackMethods.Store1, "Store1", "void* address, int site", "__sanitizer_cov_store1"),
        new(CallbackMethods.Store2, "Store2", "void* address, int site", "__sanitizer_cov_store2"),
        new(CallbackMethods.Store4, "Store4", "void* address, int site", "__sanitizer_cov_store4"),
        new(CallbackMethods.Store8, "Store8", "void* address, int site", "__sanitizer_cov_store8"),
        new(CallbackMethods.Store16, "Store16", "void* address, int site", "__sanitizer_cov_store16"),
        new(CallbackMethods.StackDepth, "StackDepth", "nuint address", "__sanitizer_cov_stack_depth"),
        new(CallbackMethods.TracePcEntry, "TracePcEntry", "int point", "__sanitizer_cov_trace_pc_entry"),
        new(CallbackMethods.TracePcExit, "TracePcExit", "int point", "__sanitizer_cov_trace_pc_exit"),
        new(CallbackMethods.TraceBasicBlock, "TraceBasicBlock", "int point", "__sanitizer_cov_trace_basic_block"),
        new(CallbackMethods.TracePcIndir, "TracePcIndir", "nuint callee, int site", "__sanitizer_cov_trace_pc_indir"),
        new(CallbackMethods.CfsInit, "CfsInit", "ulong* start, ulong* stop", "__sanitizer_cov_cfs_init"),
        new(CallbackMethods.TraceCompareBytes, "TraceCompareBytes", "byte* left, int leftLength, byte* right, int rightLength, int site", "__sanitizer_weak_hook_memcmp"),
        new(CallbackMethods.EnterMethod, "EnterMethod", "", "") { Result = "nint" },
        new(CallbackMethods.TraceCompareChars, "TraceCompareChars", "char* left, int leftLength, char* right, int rightLength, int site", "__sanitizer_weak_hook_strcmp"),
    ];

    /// <summary>Type of its result, as C# writes it.</summary>
    public string Result { get; private init; } = "void";

    /// <summary>The same with a first parameter for the result of <see cref="CallbackMethods.EnterMethod"/>, where it takes that.</summary>
    public CallbackSignature WithThread() => (Method & PerThread) == 0 ? this : this with { Parameters = $"nint thread, {Parameters}" };

    /// <summary>The types of the parameters, separated by a comma and a blank.</summary>
    public string ParameterTypes => string.Join(", ", Types);

    private IEnumerable<string> Types => Parameters.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(parameter => parameter.Split(' ')[0]);

    /// <summary>The signature of a callback.</summary>
    internal static CallbackSignature Of(CallbackMethods method) => All.First(signature => signature.Method == method);

    /// <summary>The signature as metadata has it, ECMA-335 II.23.2.1.</summary>
    internal byte[] Encode()
    {
        List<byte> bytes = [0, (byte)Types.Count(), Result == "nint" ? NativeInt : Void];
        foreach (string type in Types)
        {
            string element = type.TrimEnd('*');
            bytes.AddRange(Enumerable.Repeat(Pointer, type.Length - element.Length));
            bytes.Add(element switch
            {
                "void" => Void,
                "char" => 0x03,
                "byte" => 0x05,
                "ushort" => 0x07,
                "int" => 0x08,
                "uint" => 0x09,
                "ulong" => 0x0B,
                "nint" => NativeInt,
                "nuint" => 0x19,
                _ => throw new InvalidOperationException($"{Name}: no element type for {type}"),
            });
        }

        return [.. bytes];
    }
}
