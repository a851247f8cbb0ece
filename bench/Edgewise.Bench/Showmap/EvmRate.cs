using System.Diagnostics;
using Edgewise.Showmap.Evm;

namespace Edgewise.Bench.Showmap;

/// <summary>Calls per second of a replay through a warm anvil, and how much of the time is not the node's; then the same calls run here.</summary>
internal static class EvmRate
{
    private const int Rounds = 12, WarmRounds = 4;

    /// <summary>Takes the figures, or says what is missing.</summary>
    public static IEnumerable<Measurement> Measure(BenchOptions options, Action<string> report)
    {
        if (AnvilProcess.Start() is not { } anvil)
        {
            report("evm: skipped, there is no anvil: npm install @foundry-rs/anvil@1.7.1, and name the program in EDGEWISE_ANVIL");
            yield break;
        }

        using (anvil)
        {
            string folder = Path.Combine(RepositoryFiles.Root, "tests/Data/foundry");
            foreach ((string name, string harness, string corpus) in ((string, string, string)[])[
                ("plain", "Plain.t.sol/PlainTest.json", "PlainTest"), ("cheating", "Cheating.t.sol/CheatingTest.json", "CheatingTest")])
            {
                string[] files = [.. Directory.EnumerateFiles(Path.Combine(folder, "corpus", corpus, "invariant_solvent"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
                EvmReplayOptions replay = new(anvil.Url, Path.Combine(folder, "out", harness));
                (double rate, double outside) = Take(replay, files, options.Rounds(Rounds));
                (double local, _) = Take(replay with { Engine = EvmEngine.Local }, files, options.Rounds(Rounds));
                bool plain = name == "plain";
                yield return new($"evm.{name}.node.rate", rate, "/s", plain ? 200 : null, HigherIsBetter: true);
                yield return new($"evm.{name}.node.outside", outside, "x", plain ? 0.30 : null);
                yield return new($"evm.{name}.local.rate", local, "/s", HigherIsBetter: true);
            }
        }
    }

    // Medians over rounds: calls per second, and the share of time in which no answer was awaited.
    private static (double Rate, double Outside) Take(EvmReplayOptions options, string[] files, int rounds)
    {
        using EvmReplay replay = EvmReplay.Open(options);
        List<double> rates = [], shares = [];
        for (int round = -WarmRounds; round < rounds; round++)
        {
            TimeSpan waited = replay.Waited;
            long start = Stopwatch.GetTimestamp();
            int calls = replay.Replay(files).Sum(static result => result.Accepted + result.Discarded);
            TimeSpan taken = Stopwatch.GetElapsedTime(start);
            if (round >= 0)
            {
                rates.Add(calls / taken.TotalSeconds);
                shares.Add(1 - ((replay.Waited - waited) / taken));
            }
        }

        return (rates.Order().ElementAt(rates.Count / 2), shares.Order().ElementAt(shares.Count / 2));
    }
}
