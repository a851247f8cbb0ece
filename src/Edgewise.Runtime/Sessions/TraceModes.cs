namespace Edgewise.Runtime.Sessions;

/// <summary>What a trace session records, with the numbers of the kernel's kcov and of the proposed unique modes.</summary>
/// <remarks>
/// Allowed are 0, 1, 2, 4, 8 and 6. The two families (points, compares) share an area, so they exclude each other; a session that was made with
/// <see cref="TraceSessionOptions.Extended"/> has an area for each, and takes 10, 12 and 14 too. Everything else is refused, 3, 5, 7 and 9 among it.
/// </remarks>
[Flags]
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1008:Enums should have zero value", Justification = "0 is KCOV_TRACE_PC: it records every point.")]
public enum TraceModes
{
    /// <summary>Each point that is passed: <c>KCOV_TRACE_PC</c>.</summary>
    TracePc = 0,

    /// <summary>Each comparison: <c>KCOV_TRACE_CMP</c>.</summary>
    TraceCmp = 1,

    /// <summary>Each point the first time that it is passed.</summary>
    UniqPc = 2,

    /// <summary>Each pair of points that follow one another, the first time that it comes. Pairs are told apart exactly.</summary>
    UniqEdge = 4,

    /// <summary>Each comparison of a site, a size and two operands, the first time that it comes.</summary>
    UniqCmp = 8,
}
