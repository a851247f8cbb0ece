using System.Reflection;
using System.Text;
using Edgewise.Bench.Targets;
using Edgewise.Bench.Timing;
using Edgewise.Instrumentation;
using Edgewise.Runtime.Formats;
using Workloads;

namespace Edgewise.Bench.Overhead;

/// <summary>What plain counters cost in real work: the workloads that the tests prove correct, each with both prunings and at
/// <c>func</c>, and their geometric mean.</summary>
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

    /// <summary>What is inserted, and what the geometric mean over the workloads may be.</summary>
    private static readonly (Variant Variant, double Goal)[] Settings =
    [
        (Counters("llvm", new() { Pruning = Pruning.Llvm, PruneEntry = true }), 1.12),
        (Counters("exact", new() { Pruning = Pruning.Exact }), 1.2),
        (Counters("func", new() { Level = InstrumentationLevel.Func, Pruning = Pruning.None }), 1.03),
    ];

    /// <summary>Takes the figures.</summary>
    public static IEnumerable<Measurement> Measure(BenchOptions options, Action<string> report)
    {
        LowMemoryHost.Install();
        foreach (Measurement measurement in MeasureNewtonsoftParse(options))
        {
            yield return measurement;
        }

        List<double>[] ratios = [.. Settings.Select(_ => new List<double>())];
        foreach ((string name, string[] assemblies) in Subjects)
        {
            report($"{name} …");
            double[] times = Race.Run(Contenders(name, assemblies, Variants(), context => CatalogRun(context, name)), options.Rounds(Rounds));
            yield return new($"workloads.{name}.original.ms", times[0] / 1e6, "ms");
            yield return new($"workloads.{name}.original-again", times[^1] / times[0], "x");
            for (int i = 0; i < Settings.Length; i++)
            {
                ratios[i].Add(times[i + 1] / times[0]);
                yield return new($"workloads.{name}.{Settings[i].Variant.Name}", times[i + 1] / times[0], "x", LargestGoal);
            }
        }

        for (int i = 0; i < Settings.Length; i++)
        {
            double mean = Math.Exp(ratios[i].Average(Math.Log));
            yield return new($"workloads.geometric-mean.{Settings[i].Variant.Name}", mean, "x", Settings[i].Goal);
        }
    }

    private static IEnumerable<Measurement> MeasureNewtonsoftParse(BenchOptions options)
    {
        List<Variant> variants = [.. Variants(), FeatureVariants.TraceCmp, FeatureVariants.IndirectCalls, FeatureVariants.TraceBb, FeatureVariants.ClearedGuards, FeatureVariants.Unpruned, FeatureVariants.SharpFuzz];
        foreach ((string name, string text) in new[] { ("small", Encoding.UTF8.GetString(JsonDocuments.Small)), ("indented", Documents.Stations) })
        {
            List<Contender> contenders = Contenders("parse", ["Newtonsoft.Json"], variants, context => CountTokens(context, text));
            double[] times = Race.Run(contenders, options.Rounds(Rounds * 3));
            yield return new($"workloads.newtonsoft-parse.{name}.original.ns", times[0], "ns");
            for (int i = 1; i < variants.Count; i++)
            {
                double? goal = (name, variants[i].Name) switch
                {
                    ("small", "counters.llvm") => NewtonsoftParseGoal,
                    (_, FeatureVariants.TraceCmpName) => 1.6,
                    (_, FeatureVariants.ClearedGuardName) => 1.2,
                    _ => null,
                };
                yield return new($"workloads.newtonsoft-parse.{name}.{variants[i].Name}", times[i] / times[0], "x", goal);
            }
        }
    }

    private static Variant Counters(string name, InstrumentationOptions options) =>
        new($"counters.{name}", options with { Features = CoverageFeatures.Inline8BitCounters });

    /// <summary>The original, every setting, the original again.</summary>
    private static List<Variant> Variants() =>
        [new("original", null), .. Settings.Select(setting => setting.Variant), new("original-again", null)];

    private static List<Contender> Contenders(
        string name, string[] assemblies, IEnumerable<Variant> variants, Func<VariantContext, Func<int>> bind) =>
        [.. variants.Select(variant =>
        {
            VariantContext context = new($"{name} {variant.Name}", Images(variant, assemblies));
            return new Contender(context.Name!, bind(context), []);
        })];

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

    private static Func<int> CountTokens(VariantContext context, string text)
    {
        MethodInfo run = context.Open(typeof(Catalog).Assembly.GetName().Name!).GetType(typeof(NewtonsoftWorkload).FullName!)!
            .GetMethod(nameof(NewtonsoftWorkload.CountTokens))!;
        Func<string, int> call = run.CreateDelegate<Func<string, int>>();
        return () => call(text);
    }

    private static string PathOf(string assembly) => Path.Combine(AppContext.BaseDirectory, assembly + ".dll");
}
