using System.Reflection;
using System.Runtime.CompilerServices;
using Edgewise.Bench.Peers;
using Edgewise.Bench.Targets;
using Edgewise.Bench.Timing;

namespace Edgewise.Bench.Overhead;

/// <summary>
/// What each feature costs in a byte-level JSON parser, on a document of 77 bytes and one of 3.4 kB. All variants are loaded side by side, each in
/// three copies, since the place of code in memory alone moves a figure by a few per cent; the median of the copies counts.
/// </summary>
/// <remarks>
/// What is measured is the probes. Plain counters and flags cost the same whatever they hold; counters that stay at 255 do not, so the rows that end
/// in <c>reset</c> clear the module's counters after each run, as a fuzzer does, and pay for it.
/// </remarks>
internal static class JsonParserOverhead
{
    private const int Copies = 3;
    private const int Rounds = 60;

    private static readonly (string Name, byte[] Document)[] Documents = [("small", JsonDocuments.Small), ("large", JsonDocuments.Large)];

    /// <summary>Takes the figures.</summary>
    public static IEnumerable<Measurement> Measure(BenchOptions options, Action<string> report)
    {
        LowMemoryHost.Install();
        List<(string Name, Assembly Assembly, IReadOnlyList<CounterSlice> Slices)> loaded = [];
        for (int copy = 0; copy < Copies; copy++)
        {
            foreach (Variant variant in FeatureVariants.All)
            {
                loaded.Add(Load(variant, false));
            }
        }

        loaded.AddRange(LoadPeers(report));
        foreach (Measurement measurement in Measure(loaded, "", options.Rounds(Rounds)))
        {
            yield return measurement;
        }

        List<(string, Assembly, IReadOnlyList<CounterSlice>)> collectible = [.. Enumerable.Range(0, Copies)
            .SelectMany(_ => FeatureVariants.Collectible.Select(variant => Load(variant, true)))];
        foreach (Measurement measurement in Measure(collectible, "collectible.", options.Rounds(Rounds)))
        {
            yield return measurement;
        }
    }

    private static IEnumerable<Measurement> Measure(
        List<(string Name, Assembly Assembly, IReadOnlyList<CounterSlice> Slices)> loaded, string prefix, int rounds)
    {
        foreach ((string document, byte[] bytes) in Documents)
        {
            List<Contender> contenders = [.. loaded.Select(module => new Contender(module.Name, Bind(module.Assembly, bytes), module.Slices))];
            double[] times = Race.Run(contenders, rounds);
            Dictionary<string, double> medians = contenders.Zip(times)
                .GroupBy(pair => pair.First.Name)
                .ToDictionary(group => group.Key, group => Median(group.Select(pair => pair.Second)));
            double original = medians[FeatureVariants.OriginalName];
            yield return new($"json.{document}.{prefix}original.ns", original, "ns");
            foreach ((string name, double time) in medians.Where(entry => entry.Key != FeatureVariants.OriginalName))
            {
                yield return new($"json.{document}.{prefix}{name}", time / original, "x", prefix.Length == 0 ? FeatureVariants.Goal(name, document) : null);
            }

            double neverZero = medians[FeatureVariants.NeverZeroName] / medians[FeatureVariants.FuzzResetName];
            yield return new($"json.{document}.{prefix}never-zero.of-plain", neverZero, "x", prefix.Length == 0 ? 1.25 : null);
        }
    }

    /// <summary>Loads a variant of the parser.</summary>
    public static (string Name, Assembly Assembly, IReadOnlyList<CounterSlice> Slices) Load(Variant variant, bool collectible) =>
        LoadImage(
            variant.Name,
            variant.Prepare(File.ReadAllBytes(typeof(MiniJson).Assembly.Location), "Edgewise.Bench.Targets.dll"),
            collectible,
            variant.Resets);

    private static (string Name, Assembly Assembly, IReadOnlyList<CounterSlice> Slices) LoadImage(
        string name, byte[] image, bool collectible, bool resets = false)
    {
        string assemblyName = typeof(MiniJson).Assembly.GetName().Name!;
        VariantContext context = new(name, new Dictionary<string, byte[]> { [assemblyName] = image }, collectible);
        Assembly assembly = context.Open(assemblyName);
        return (name, assembly, resets ? context.Slices : []);
    }

    /// <summary>What other tools make of the parser, where they are there. One copy of coverlet's is enough: it takes longer than all others together.</summary>
    private static IEnumerable<(string Name, Assembly Assembly, IReadOnlyList<CounterSlice> Slices)> LoadPeers(Action<string> report)
    {
        if (CoverletPeer.Instrument(typeof(MiniJson).Assembly.Location, report) is { } coverlet)
        {
            yield return LoadImage("coverlet", coverlet, false);
        }

        if (CodeCoveragePeer.Instrument(typeof(MiniJson).Assembly.Location, report) is { } codeCoverage)
        {
            for (int copy = 0; copy < Copies; copy++)
            {
                (string Name, Assembly Assembly, IReadOnlyList<CounterSlice> Slices) loaded = LoadImage("microsoft-codecoverage", codeCoverage, false);
                CodeCoveragePeer.Start(loaded.Assembly);
                yield return loaded;
            }
        }
    }

    /// <summary>A loaded parser on a document.</summary>
    public static Func<int> Bind(Assembly assembly, byte[] document)
    {
        MethodInfo parse = assembly.GetType(typeof(MiniJson).FullName!)!.GetMethod(nameof(MiniJson.Parse))!;
        return new Call(parse.CreateDelegate<Func<byte[], int>>(), document).Run;
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    /// <summary>A parser and its document; compiled once, so that no variant's parser is inlined into it.</summary>
    private sealed class Call(Func<byte[], int> parse, byte[] document)
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public int Run() => parse(document);
    }
}
