namespace Edgewise.Instrumentation;

/// <summary>The callbacks that a class declares. The C name stands in each remark.</summary>
[Flags]
public enum CallbackMethods
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary><c>static void TracePc(int point)</c>; <c>__sanitizer_cov_trace_pc</c>, where <c>point</c> stands for the return address.</summary>
    TracePc = 1 << 0,

    /// <summary><c>static void TracePcGuard(uint* guard, int point)</c>; <c>__sanitizer_cov_trace_pc_guard</c>.</summary>
    TracePcGuard = 1 << 1,

    /// <summary><c>static void TracePcGuard(uint* guard)</c>: the same without the point.</summary>
    TracePcGuardWithoutPoint = 1 << 2,

    /// <summary><c>static void TracePcGuardInit(uint* start, uint* stop)</c>; <c>__sanitizer_cov_trace_pc_guard_init</c>.</summary>
    TracePcGuardInit = 1 << 3,

    /// <summary><c>static void Inline8BitCountersInit(byte* start, byte* stop)</c>; <c>__sanitizer_cov_8bit_counters_init</c>.</summary>
    Inline8BitCountersInit = 1 << 4,

    /// <summary><c>static void InlineBoolFlagInit(byte* start, byte* stop)</c>; <c>__sanitizer_cov_bool_flag_init</c>.</summary>
    InlineBoolFlagInit = 1 << 5,

    /// <summary><c>static void PcsInit(ulong* start, ulong* stop)</c>: pairs of PC and flags (bit 0: function entry); <c>__sanitizer_cov_pcs_init</c>.</summary>
    PcsInit = 1 << 6,

    /// <summary><c>static void Init()</c>: called before all else, when the first probe of a module runs; <c>__sanitizer_cov_init</c> of 2016.</summary>
    Init = 1 << 7,
}
