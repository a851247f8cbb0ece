namespace Edgewise.Tests.Sancov.Legacy;

/// <summary>Real files: what the coverage runtime of September 2016 left of small C programs, and inputs and answers of sancov.py.</summary>
internal static class Samples
{
    public static string Bitset => Of("legacy/bitset_1_coverage_counters_1/cov16.4323.bitset-sancov");

    public static string Counters => Of("legacy/bitset_1_coverage_counters_1/cov16.4323.counters-sancov");

    public static string Calls => Of("legacy/cc/caller-callee.4340.sancov");

    public static string Events => Of("legacy/trace/trace-events.4338.sancov");

    public static string TracePoints => Of("legacy/trace/trace-points.4338.sancov");

    public static string Raw => Of("legacy/direct_1/4335.sancov.raw");

    public static string RawMap => Of("legacy/direct_1/4335.sancov.map");

    public static string Packed => Of("py/123.sancov.packed");

    public static string Of(string name) => Path.Combine(AppContext.BaseDirectory, "Data", "sancov", name);
}
