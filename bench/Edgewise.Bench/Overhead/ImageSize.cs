namespace Edgewise.Bench.Overhead;
internal static class ImageSize { public static IEnumerable<Measurement> Measure(BenchOptions options, Action<string> report) => []; }
