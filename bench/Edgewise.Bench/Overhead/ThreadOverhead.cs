using Edgewise.Bench.Targets;
using Edgewise.Bench.Timing;

namespace Edgewise.Bench.Overhead;

/// <summary>
/// What happens where two threads run the same code, so that both write the same lines of the coverage map: the parser on its large document, for
/// counters, flags and counters that stay at 255.
/// </summary>
/// <remarks>
/// A ratio of ratios is stated: the cost of a feature with two threads by its cost with one. Nothing is cleared in between. With fewer than two
/// processors there is nothing to see, and nothing is measured.
/// </remarks>
internal static class ThreadOverhead
{
    private const int Rounds = 60;
    private const double FlagGoal = 1.1;

    // The original shares nothing that is written, so where two of it disturb each other the processors have other work to do.
    private const double MostDisturbance = 1.15;

    /// <summary>Takes the figures.</summary>
    public static IEnumerable<Measurement> Measure(BenchOptions options, Action<string> report)
    {
        if (Environment.ProcessorCount < 2)
        {
            report("threads: skipped, this machine gives one processor");
            yield break;
        }

        LowMemoryHost.Install();
        List<Contender> contenders = [.. FeatureVariants.Threaded.Select(variant =>
            new Contender(variant.Name, JsonParserOverhead.Bind(JsonParserOverhead.Load(variant, false).Assembly, JsonDocuments.Large), []))];
        (double[] one, double[] two) = PairRace.Run(contenders, options.Rounds(Rounds));
        yield return new("threads.json.original", two[0] / one[0], "x");
        if (two[0] / one[0] > MostDisturbance)
        {
            report("threads: given up, no two processors were free at once");
            yield break;
        }

        for (int i = 1; i < contenders.Count; i++)
        {
            string name = contenders[i].Name.Replace(".fuzz", "", StringComparison.Ordinal).Replace(".reset", "", StringComparison.Ordinal);
            yield return new($"threads.json.{name}.one-thread", one[i] / one[0], "x");
            yield return new($"threads.json.{name}.two-threads", two[i] / two[0], "x");
            yield return new($"threads.json.{name}.two-by-one", two[i] / two[0] / (one[i] / one[0]), "x", name == "flags" ? FlagGoal : null);
        }
    }
}
