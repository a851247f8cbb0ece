namespace Edgewise.Bench.Overhead;
internal static class ThreadOverhead { public static IEnumerable<Measurement> Measure(BenchOptions options, Action<string> report) => []; }
