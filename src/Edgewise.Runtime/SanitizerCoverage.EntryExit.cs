namespace Edgewise.Runtime;

/// <content>Entries and exits of methods.</content>
public static unsafe partial class SanitizerCoverage
{
    /// <summary><c>__sanitizer_cov_trace_pc_entry</c>: counts the point, as <see cref="TracePc"/> does for all others.</summary>
    /// <param name="point">Process-wide number of the entry's point.</param>
    public static void TracePcEntry(int point) => Count((uint)point);

    /// <summary><c>__sanitizer_cov_trace_pc_exit</c>. There is nothing to count, and instrumented code does not call it unless a class of the user's has its own.</summary>
    /// <param name="point">Process-wide number of the entry's point.</param>
    public static void TracePcExit(int point)
    {
    }
}
