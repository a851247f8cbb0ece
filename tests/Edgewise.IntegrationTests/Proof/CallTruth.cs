using System.Reflection;
using Edgewise.Runtime;
using Edgewise.Runtime.Formats;

namespace Edgewise.IntegrationTests.Proof;

/// <summary>A callback class that holds what <c>indirect-calls</c> tells against what <c>trace-pc-entry-exit</c> sees entered next.</summary>
public static class CallTruth
{
    private const int Capacity = 1 << 22;

    private static readonly Dictionary<nuint, MethodBase?> Known = [];
    private static readonly MethodBase?[] MethodOfPoint = new MethodBase?[Capacity];

    [ThreadStatic]
    private static MethodBase? t_expected;

    [ThreadStatic]
    private static int t_site;

    [ThreadStatic]
    private static int t_depth;

    /// <summary>How often the method that was told was the next one to be entered.</summary>
    public static int RightCount { get; private set; }

    /// <summary>What was told and not entered, each with what was.</summary>
    public static List<string> Wrong { get; } = [];

    /// <summary>Entries less exits.</summary>
    public static int Depth => t_depth;

    /// <summary>Makes the methods of a module known.</summary>
    internal static void Add(InstrumentedModule module)
    {
        foreach (PointMethod method in module.Points.Methods)
        {
            MethodOfPoint[CountingCallbacks.PlaceOf(module.FirstPoint + method.FirstPoint)] = module.Assembly.ManifestModule.ResolveMethod(method.Token);
        }
    }

    /// <summary><c>__sanitizer_cov_trace_pc_indir</c>.</summary>
    public static void TracePcIndir(nuint callee, int site)
    {
        if (!Known.TryGetValue(callee, out MethodBase? method))
        {
            method = CoverageInterface.MethodOf(callee);
            method = method is not null && Array.Exists(MethodOfPoint, known => known is not null && IsSame(known, method)) ? method : null;
            Known.Add(callee, method);
        }

        // All targets of a list are told before the first one runs.
        t_expected = site == t_site && t_expected is not null ? t_expected : method;
        t_site = site;
    }

    /// <summary><c>__sanitizer_cov_trace_pc_entry</c>.</summary>
    public static void TracePcEntry(int point)
    {
        t_depth++;
        MethodBase entered = MethodOfPoint[CountingCallbacks.PlaceOf(point)]!;
        if (t_expected is not { } expected || entered.Name == ".cctor")
        {
            return;
        }

        t_expected = null;
        if (IsSame(entered, expected))
        {
            RightCount++;
        }
        else if (Wrong.Count < 100)
        {
            Wrong.Add($"{expected.DeclaringType}.{expected} was told, {entered.DeclaringType}.{entered} entered");
        }
    }

    /// <summary><c>__sanitizer_cov_trace_pc_exit</c>.</summary>
    public static void TracePcExit(int point) => t_depth--;

    // Methods with equal bodies may share one, and its points.
    private static bool IsSame(MethodBase entered, MethodBase told) => entered.Module == told.Module && entered.MetadataToken == told.MetadataToken;
}
