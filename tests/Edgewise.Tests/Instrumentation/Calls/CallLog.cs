using System.Reflection;
using Edgewise.Runtime;

namespace Edgewise.Tests.Instrumentation.Calls;

/// <summary>A callback class as a user writes one: it keeps what the calling thread went through.</summary>
public static unsafe class CallLog
{
    [ThreadStatic]
    private static List<string>? t_lines;

    [ThreadStatic]
    private static TracedLibrary? t_library;

    [ThreadStatic]
    private static long t_count;

    /// <summary>Calls of <see cref="TracePcIndir"/> on this thread while nothing is kept.</summary>
    public static long Count => t_count;

    /// <summary>The table that <see cref="CfsInit"/> got last.</summary>
    public static ulong[] Table { get; private set; } = [];

    /// <summary>Does something and tells which callbacks came meanwhile.</summary>
    /// <param name="library">Names points.</param>
    /// <param name="action">What to do.</param>
    internal static string Of(TracedLibrary library, Action action)
    {
        (t_lines, t_library) = ([], library);
        try
        {
            action();
            return string.Join(", ", t_lines);
        }
        finally
        {
            (t_lines, t_library) = (null, null);
        }
    }

    /// <summary><c>__sanitizer_cov_trace_pc_indir</c>.</summary>
    public static void TracePcIndir(nuint callee, int site)
    {
        if (t_lines is null)
        {
            t_count++;
            return;
        }

        MethodBase? method = CoverageInterface.MethodOf(callee);
        t_lines.Add(method is null ? "?" : $"{Name(method.DeclaringType!)}.{method.Name.Split('.')[^1]}");
    }

    /// <summary><c>__sanitizer_cov_trace_pc</c>.</summary>
    public static void TracePc(int point) => t_lines?.Add($"{t_library!.PointName(point)}");

    /// <summary><c>__sanitizer_cov_trace_pc_entry</c>.</summary>
    public static void TracePcEntry(int point) => t_lines?.Add($">{t_library!.MethodName(point)}");

    /// <summary><c>__sanitizer_cov_trace_pc_exit</c>.</summary>
    public static void TracePcExit(int point) => t_lines?.Add($"<{t_library!.MethodName(point)}");

    /// <summary><c>__sanitizer_cov_cfs_init</c>.</summary>
    public static void CfsInit(ulong* start, ulong* stop) => Table = new Span<ulong>(start, (int)(stop - start)).ToArray();

    private static string Name(Type type) => type.Name.Split('`')[0];
}
