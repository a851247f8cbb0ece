using System.Reflection;
using Edgewise.Bench.Timing;
using Edgewise.Instrumentation;
using Edgewise.Runtime.Formats;
using Workloads;

namespace Edgewise.Bench.Overhead;

/// <summary>What plain counters cost in real work: the workloads that the tests prove correct, each with both prunings, and their geometric mean.</summary>
/// <remarks>Only the library that a workload is about is instrumented, the workload itself not. A workload that fails or gives another output throws.</remarks>
internal static class WorkloadOverhead
{
    private const int Rounds = 24;
    private const double NewtonsoftParseGoal = 1.15;
    private const double LargestGoal = 1.8;

    /// <summary>The workloads, and the assemblies that each is about.</summary>
    public static IReadOnlyList<(string Name, string[] Assemblies)> Subjects { get; } =
    [
        ("newtonsoft", ["Newtonsoft.Json"]),
        ("markdig", ["Markdig"]),
        ("yamldotnet", ["YamlDotNet"]),
        ("sharpziplib", ["ICSharpCode.SharpZipLib"]),
        ("anglesharp", ["AngleSharp"]),
        ("roslyn", ["Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp"]),
    ];

    private static readonly (string Name, Pruning Pruning, bool PruneEntry, double Goal)[] Prunings =
        [("llvm", Pruning.Llvm, true, 1.12), ("exact", Pruning.Exact, false, 1.2)];

    /// <summary>Takes the figures.</summary>
    public static IEnumerable<Measurement> Measure(BenchOptions options, Action<string> report)
    {
        LowMemoryHost.Install();
        foreach (Measurement measurement in MeasureNewtonsoftParse(options))
        {
            yield return measurement;
        }

        List<double>[] ratios = [.. Prunings.Select(_ => new List<double>())];
        foreach ((string name, string[] assemblies) in Subjects)
        {
            report($"{name} …");
            double[] times = Race.Run(Contenders(name, assemblies, context => CatalogRun(context, name)), options.Rounds(Rounds));
            yield return new($"workloads.{name}.original.ms", times[0] / 1e6, "ms");
            yield return new($"workloads.{name}.original-again", times[^1] / times[0], "x");
            for (int i = 0; i < Prunings.Length; i++)
            {
                ratios[i].Add(times[i + 1] / times[0]);
                yield return new($"workloads.{name}.counters.{Prunings[i].Name}", times[i + 1] / times[0], "x", LargestGoal);
            }
        }

        for (int i = 0; i < Prunings.Length; i++)
        {
            double mean = Math.Exp(ratios[i].Average(Math.Log));
            yield return new($"workloads.geometric-mean.counters.{Prunings[i].Name}", mean, "x", Prunings[i].Goal);
        }
    }

    private static IEnumerable<Measurement> MeasureNewtonsoftParse(BenchOptions options)
    {
        List<Contender> contenders = Contenders("newtonsoft.parse", ["Newtonsoft.Json"], CountTokens);
        double[] times = Race.Run(contenders, options.Rounds(Rounds * 3));
        for (int i = 0; i < Prunings.Length; i++)
        {
            yield return new($"workloads.newtonsoft-parse.counters.{Prunings[i].Name}", times[i + 1] / times[0], "x", i == 0 ? NewtonsoftParseGoal : null);
        }
    }

    /// <summary>The original, both prunings, the original again.</summary>
    private static List<Contender> Contenders(string name, string[] assemblies, Func<VariantContext, Func<int>> bind)
    {
        List<Variant> variants = [new("original", null)];
        variants.AddRange(Prunings.Select(pruning => new Variant($"counters.{pruning.Name}", new InstrumentationOptions
        {
            Features = CoverageFeatures.Inline8BitCounters,
            Pruning = pruning.Pruning,
            PruneEntry = pruning.PruneEntry,
        })));
        variants.Add(new("original-again", null));
        return [.. variants.Select(variant =>
        {
            VariantContext context = new($"{name} {variant.Name}", Images(variant, assemblies));
            return new Contender($"{name} {variant.Name}", bind(context), context.Slices);
        })];
    }

    private static Dictionary<string, byte[]> Images(Variant variant, string[] assemblies)
    {
        string workloads = typeof(Catalog).Assembly.GetName().Name!;
        Dictionary<string, byte[]> images = new() { [workloads] = File.ReadAllBytes(PathOf(workloads)) };
        foreach (string assembly in assemblies)
        {
            images[assembly] = variant.Prepare(File.ReadAllBytes(PathOf(assembly)), assembly + ".dll");
        }

        return images;
    }

    private static Func<int> CatalogRun(VariantContext context, string name)
    {
        MethodInfo run = context.Open(typeof(Catalog).Assembly.GetName().Name!).GetType(typeof(Catalog).FullName!)!.GetMethod(nameof(Catalog.Run))!;
        Func<string, string> call = run.CreateDelegate<Func<string, string>>();
        return () =>
        {
            string output = call(name);
            return HashCode.Combine(output.Length, string.GetHashCode(output, StringComparison.Ordinal));
        };
    }

    private static Func<int> CountTokens(VariantContext context)
    {
        MethodInfo run = context.Open(typeof(Catalog).Assembly.GetName().Name!).GetType(typeof(NewtonsoftWorkload).FullName!)!
            .GetMethod(nameof(NewtonsoftWorkload.CountTokens))!;
        Func<string, int> call = run.CreateDelegate<Func<string, int>>();
        string text = Documents.Stations;
        return () => call(text);
    }

    private static string PathOf(string assembly) => Path.Combine(AppContext.BaseDirectory, assembly + ".dll");
}
