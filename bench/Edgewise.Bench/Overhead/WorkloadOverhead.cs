namespace Edgewise.Bench.Overhead;
internal static class WorkloadOverhead { public static IEnumerable<Measurement> Measure(BenchOptions options, Action<string> report) => []; }
