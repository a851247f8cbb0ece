using System.Reflection;
using System.Runtime.CompilerServices;
using Edgewise.Bench.Targets;
using Edgewise.Bench.Timing;

namespace Edgewise.Bench.Overhead;

/// <summary>What <c>trace-cmp</c> costs where a program compares strings rather than numbers: a reader of HTTP headers.</summary>
internal static class StringComparisonOverhead
{
    private const int Rounds = 60;

    private static readonly IReadOnlyList<Variant> Variants = [FeatureVariants.Original, FeatureVariants.OriginalAgain, FeatureVariants.Fuzz, FeatureVariants.TraceCmp];

    /// <summary>Takes the figures.</summary>
    public static IEnumerable<Measurement> Measure(BenchOptions options, Action<string> report)
    {
        LowMemoryHost.Install();
        List<Contender> contenders = [.. Variants.Select(variant => new Contender(variant.Name, Bind(JsonParserOverhead.Load(variant, false).Assembly), []))];
        double[] times = Race.Run(contenders, options.Rounds(Rounds));
        yield return new("strings.headers.original.ns", times[0], "ns");
        for (int i = 1; i < contenders.Count; i++)
        {
            yield return new($"strings.headers.{contenders[i].Name}", times[i] / times[0], "x");
        }
    }

    private static Func<int> Bind(Assembly assembly)
    {
        MethodInfo read = assembly.GetType(typeof(HeaderReader).FullName!)!.GetMethod(nameof(HeaderReader.Read))!;
        return new Call(read.CreateDelegate<Func<string, int>>()).Run;
    }

    /// <summary>A reader; compiled once, so that no variant's is inlined into it.</summary>
    private sealed class Call(Func<string, int> read)
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public int Run() => read(HeaderReader.Request);
    }
}
