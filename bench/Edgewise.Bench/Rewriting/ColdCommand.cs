namespace Edgewise.Bench.Rewriting;
internal static class ColdCommand { public static IEnumerable<Measurement> Measure(BenchOptions options, Action<string> report) => []; }
