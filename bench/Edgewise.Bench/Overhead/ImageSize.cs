using Edgewise.Bench.Timing;
using Edgewise.Instrumentation;
using Edgewise.Runtime.Formats;

namespace Edgewise.Bench.Overhead;

/// <summary>How much larger images become with plain counters, for both prunings, the point set and the pc-table included.</summary>
internal static class ImageSize
{
    private const double Goal = 1.4;

    private static readonly string[] Assemblies =
    [
        "Markdig", "YamlDotNet", "Newtonsoft.Json", "ICSharpCode.SharpZipLib", "AngleSharp", "Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp",
    ];

    /// <summary>Takes the figures.</summary>
    public static IEnumerable<Measurement> Measure(BenchOptions options, Action<string> report)
    {
        foreach (string assembly in Assemblies)
        {
            byte[] image = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"));
            foreach ((string name, Pruning pruning, bool pruneEntry) in new[] { ("llvm", Pruning.Llvm, true), ("exact", Pruning.Exact, false) })
            {
                InstrumentationResult result = Instrumenter.Instrument(
                    image, null, assembly + ".dll", new InstrumentationOptions { Pruning = pruning, PruneEntry = pruneEntry });
                yield return new($"size.{assembly}.{name}", (double)result.Image.Length / image.Length, "x", Goal);
            }
        }
    }
}
