using System.Globalization;
using Edgewise.Bench.Targets;
using Edgewise.Bench.Timing;

namespace Edgewise.Bench.Overhead;

/// <summary>
/// What happens where two threads run the same code, so that both write the same lines of the coverage map: the parser on its large document, and a
/// Kestrel web application that parses and writes what two clients post, for counters, flags and counters that stay at 255.
/// </summary>
/// <remarks>
/// A ratio of ratios is stated: the cost of a feature with two threads by its cost with one. Nothing is cleared in between. With fewer than two
/// processors there is nothing to see, and nothing is measured. A client waits while it is served, so each client keeps about one processor busy.
/// </remarks>
internal static class ThreadOverhead
{
    private const int Rounds = 150;
    private const double FlagGoal = 1.1;

    // The original shares nothing that is written, so where two of it disturb each other the processors have other work to do. Two clients of one
    // server share its queues and the system's network stack, which costs a little in any case.
    private const double MostDisturbance = 1.15;
    private const double MostDisturbanceOfServer = 1.6;

    // The original loaded once more does the same work in the same way: what it differs by is the noise.
    private const double MostNoise = 1.1;

    // Enough for a request to be spent in the application's own code for the greater part, and in the server's for the lesser.
    private const int DocumentsInOne = 10;

    /// <summary>Takes the figures.</summary>
    public static IEnumerable<Measurement> Measure(BenchOptions options, Action<string> report)
    {
        if (Environment.ProcessorCount < 2)
        {
            report("threads: skipped, this machine gives one processor");
            yield break;
        }

        LowMemoryHost.Install();
        List<Contender> parsers = [.. FeatureVariants.Threaded.Select(variant =>
            new Contender(variant.Name, JsonParserOverhead.Bind(JsonParserOverhead.Load(variant, false).Assembly, JsonDocuments.Large), []))];
        foreach (Measurement measurement in Measure("json", parsers, MostDisturbance, options, report))
        {
            yield return measurement;
        }

        using EchoServers servers = new(FeatureVariants.Threaded);
        foreach ((string name, byte[] document) in new[] { ("echo", JsonDocuments.Large), ("echo-long", JsonDocuments.ArrayOf(JsonDocuments.Large, DocumentsInOne)) })
        {
            foreach (Measurement measurement in Measure(name, servers.Contenders(document), MostDisturbanceOfServer, options, report))
            {
                yield return measurement;
            }
        }
    }

    private static IEnumerable<Measurement> Measure(
        string subject, List<Contender> contenders, double mostDisturbance, BenchOptions options, Action<string> report)
    {
        (double[] one, double[] two) = PairRace.Run(contenders, options.Rounds(Rounds));
        yield return new($"threads.{subject}.original.us", one[0] / 1e3, "us");
        yield return new($"threads.{subject}.original", two[0] / one[0], "x");
        if (two[0] / one[0] > mostDisturbance)
        {
            report($"threads.{subject}: given up, no two processors were free at once");
            yield break;
        }

        double noise = two[^1] / two[0] / (one[^1] / one[0]);
        if (noise is > MostNoise or < 1 / MostNoise)
        {
            report(string.Create(CultureInfo.InvariantCulture, $"threads.{subject}: given up, the original differs from itself by {noise:0.00}"));
            yield break;
        }

        for (int i = 1; i < contenders.Count; i++)
        {
            string name = contenders[i].Name.Replace(".fuzz", "", StringComparison.Ordinal).Replace(".reset", "", StringComparison.Ordinal);
            yield return new($"threads.{subject}.{name}.one-thread", one[i] / one[0], "x");
            yield return new($"threads.{subject}.{name}.two-threads", two[i] / two[0], "x");
            yield return new($"threads.{subject}.{name}.two-by-one", two[i] / two[0] / (one[i] / one[0]), "x", name == "flags" ? FlagGoal : null);
        }
    }
}
