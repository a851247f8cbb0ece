namespace Edgewise.Instrumentation;

/// <summary>The callbacks that a class may declare; <see cref="CallbackSignature.All"/> has their signatures.</summary>
[Flags]
public enum CallbackMethods : long
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary><c>static void TracePc(int point)</c>; <c>__sanitizer_cov_trace_pc</c>, where <c>point</c> stands for the return address.</summary>
    TracePc = 1L << 0,

    /// <summary><c>static void TracePcGuard(uint* guard, int point)</c>; <c>__sanitizer_cov_trace_pc_guard</c>.</summary>
    TracePcGuard = 1L << 1,

    /// <summary><c>static void TracePcGuard(uint* guard)</c>; <c>__sanitizer_cov_trace_pc_guard</c>.</summary>
    TracePcGuardWithoutPoint = 1L << 2,

    /// <summary><c>static void TracePcGuardInit(uint* start, uint* stop)</c>; <c>__sanitizer_cov_trace_pc_guard_init</c>.</summary>
    TracePcGuardInit = 1L << 3,

    /// <summary><c>static void Inline8BitCountersInit(byte* start, byte* stop)</c>; <c>__sanitizer_cov_8bit_counters_init</c>.</summary>
    Inline8BitCountersInit = 1L << 4,

    /// <summary><c>static void InlineBoolFlagInit(byte* start, byte* stop)</c>; <c>__sanitizer_cov_bool_flag_init</c>.</summary>
    InlineBoolFlagInit = 1L << 5,

    /// <summary><c>static void PcsInit(ulong* start, ulong* stop)</c>; <c>__sanitizer_cov_pcs_init</c>: pairs of PC and flags (bit 0: function entry).</summary>
    PcsInit = 1L << 6,

    /// <summary><c>static void Init()</c>; <c>__sanitizer_cov_init</c> of 2016: called before all else, when the first probe of a module runs.</summary>
    Init = 1L << 7,

    /// <summary><c>static void TraceCmp1(byte left, byte right, int site)</c>; <c>__sanitizer_cov_trace_cmp1</c>.</summary>
    TraceCmp1 = 1L << 8,

    /// <summary><c>static void TraceCmp2(ushort left, ushort right, int site)</c>; <c>__sanitizer_cov_trace_cmp2</c>.</summary>
    TraceCmp2 = 1L << 9,

    /// <summary><c>static void TraceCmp4(uint left, uint right, int site)</c>; <c>__sanitizer_cov_trace_cmp4</c>.</summary>
    TraceCmp4 = 1L << 10,

    /// <summary><c>static void TraceCmp8(ulong left, ulong right, int site)</c>; <c>__sanitizer_cov_trace_cmp8</c>.</summary>
    TraceCmp8 = 1L << 11,

    /// <summary><c>static void TraceConstCmp1(byte constant, byte value, int site)</c>; <c>__sanitizer_cov_trace_const_cmp1</c>.</summary>
    TraceConstCmp1 = 1L << 12,

    /// <summary><c>static void TraceConstCmp2(ushort constant, ushort value, int site)</c>; <c>__sanitizer_cov_trace_const_cmp2</c>.</summary>
    TraceConstCmp2 = 1L << 13,

    /// <summary><c>static void TraceConstCmp4(uint constant, uint value, int site)</c>; <c>__sanitizer_cov_trace_const_cmp4</c>.</summary>
    TraceConstCmp4 = 1L << 14,

    /// <summary><c>static void TraceConstCmp8(ulong constant, ulong value, int site)</c>; <c>__sanitizer_cov_trace_const_cmp8</c>.</summary>
    TraceConstCmp8 = 1L << 15,

    /// <summary><c>static void TraceSwitch(ulong value, ulong* cases, int site)</c>; <c>__sanitizer_cov_trace_switch</c>: number of cases, bits of the value, cases ascending.</summary>
    TraceSwitch = 1L << 16,

    /// <summary><c>static void TraceDiv4(uint divisor, int site)</c>; <c>__sanitizer_cov_trace_div4</c>.</summary>
    TraceDiv4 = 1L << 17,

    /// <summary><c>static void TraceDiv8(ulong divisor, int site)</c>; <c>__sanitizer_cov_trace_div8</c>.</summary>
    TraceDiv8 = 1L << 18,

    /// <summary><c>static void TraceGep(nuint index, int site)</c>; <c>__sanitizer_cov_trace_gep</c>.</summary>
    TraceGep = 1L << 19,

    /// <summary><c>static void Load1(void* address, int site)</c>; <c>__sanitizer_cov_load1</c>.</summary>
    Load1 = 1L << 20,

    /// <summary><c>static void Load2(void* address, int site)</c>; <c>__sanitizer_cov_load2</c>.</summary>
    Load2 = 1L << 21,

    /// <summary><c>static void Load4(void* address, int site)</c>; <c>__sanitizer_cov_load4</c>.</summary>
    Load4 = 1L << 22,

    /// <summary><c>static void Load8(void* address, int site)</c>; <c>__sanitizer_cov_load8</c>.</summary>
    Load8 = 1L << 23,

    /// <summary><c>static void Load16(void* address, int site)</c>; <c>__sanitizer_cov_load16</c>.</summary>
    Load16 = 1L << 24,

    /// <summary><c>static void Store1(void* address, int site)</c>; <c>__sanitizer_cov_store1</c>.</summary>
    Store1 = 1L << 25,

    /// <summary><c>static void Store2(void* address, int site)</c>; <c>__sanitizer_cov_store2</c>.</summary>
    Store2 = 1L << 26,

    /// <summary><c>static void Store4(void* address, int site)</c>; <c>__sanitizer_cov_store4</c>.</summary>
    Store4 = 1L << 27,

    /// <summary><c>static void Store8(void* address, int site)</c>; <c>__sanitizer_cov_store8</c>.</summary>
    Store8 = 1L << 28,

    /// <summary><c>static void Store16(void* address, int site)</c>; <c>__sanitizer_cov_store16</c>.</summary>
    Store16 = 1L << 29,

    /// <summary><c>static void StackDepth(nuint address)</c>; <c>__sanitizer_cov_stack_depth</c>.</summary>
    StackDepth = 1L << 30,

    /// <summary><c>static void TracePcEntry(int point)</c>; <c>__sanitizer_cov_trace_pc_entry</c>.</summary>
    TracePcEntry = 1L << 31,

    /// <summary><c>static void TracePcExit(int point)</c>; <c>__sanitizer_cov_trace_pc_exit</c>.</summary>
    TracePcExit = 1L << 32,

    /// <summary><c>static void TraceBasicBlock(int point)</c>; <c>__sanitizer_cov_trace_basic_block</c>.</summary>
    TraceBasicBlock = 1L << 33,

    /// <summary><c>static void CfsInit(ulong* start, ulong* stop)</c>; <c>__sanitizer_cov_cfs_init</c>.</summary>
    CfsInit = 1L << 34,

    /// <summary><c>static void TracePcIndir(nuint callee, int site)</c>; <c>__sanitizer_cov_trace_pc_indir</c>: the value of the callee's <see cref="RuntimeMethodHandle"/>.</summary>
    TracePcIndir = 1L << 35,

    /// <summary><c>static void TraceCompareBytes(byte* left, int leftLength, byte* right, int rightLength, int site)</c>; as <c>__sanitizer_weak_hook_memcmp</c>, before the comparison.</summary>
    TraceCompareBytes = 1L << 40,

    /// <summary><c>static void TraceCompareChars(char* left, int leftLength, char* right, int rightLength, int site)</c>; as <c>__sanitizer_weak_hook_strcmp</c>, before the comparison.</summary>
    TraceCompareChars = 1L << 41,

    /// <summary>
    /// <c>static nint EnterMethod()</c>: called once when a method is entered; then <c>TracePc</c>, <c>TraceCmp*</c>, <c>TraceConstCmp*</c> and <c>TraceSwitch</c> have its
    /// result for a first parameter <c>nint thread</c>. Has no name in C.
    /// </summary>
    EnterMethod = 1L << 42,
}
