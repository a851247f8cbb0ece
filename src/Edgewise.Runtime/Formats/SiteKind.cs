namespace Edgewise.Runtime.Formats;

/// <summary>What is traced at a site. The numbers stand in files.</summary>
public enum SiteKind : byte
{
    /// <summary>A comparison of two values that are not constants; <c>__sanitizer_cov_trace_cmp*</c>.</summary>
    Compare = 0,

    /// <summary>A comparison with a constant; <c>__sanitizer_cov_trace_const_cmp*</c>.</summary>
    ConstantCompare = 1,

    /// <summary>A <c>switch</c>, or a chain of comparisons that a compiler made of one; <c>__sanitizer_cov_trace_switch</c>.</summary>
    Switch = 2,

    /// <summary>A division or remainder; <c>__sanitizer_cov_trace_div*</c>.</summary>
    Division = 3,

    /// <summary>An index into an array, string or span; <c>__sanitizer_cov_trace_gep</c>.</summary>
    Index = 4,

    /// <summary>A load from memory; <c>__sanitizer_cov_load*</c>.</summary>
    Load = 5,

    /// <summary>A store to memory; <c>__sanitizer_cov_store*</c>.</summary>
    Store = 6,

    /// <summary>A call whose callee is found at run time; <c>__sanitizer_cov_trace_pc_indir</c>.</summary>
    IndirectCall = 7,

    /// <summary>A call of one of the framework's comparisons of strings, spans and the like.</summary>
    SequenceCompare = 8,
}
