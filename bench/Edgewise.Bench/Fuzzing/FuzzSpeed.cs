using System.Globalization;
using Edgewise.Bench.FuzzTargets;
using Edgewise.Bench.Targets;
using Edgewise.Fuzzing.Campaigns;
using Edgewise.Fuzzing.Running;
using Edgewise.Hosting.Folders;
using Edgewise.Hosting.Images;

namespace Edgewise.Bench.Fuzzing;

/// <summary>
/// Executions per second on one core, with the defaults of the command: an execution is a new mutant, with counters reset and compared, and the next entry
/// picked; those of the compares image count.
/// </summary>
/// <remarks>Campaigns go on while they are timed, so a round is never the same twice; the best of several counts, for noise only ever adds time.</remarks>
internal static class FuzzSpeed
{
    private const int UsualRounds = 12;
    private const long RoundExecutions = 500_000;
    private const long SlowRoundExecutions = 50_000;
    private const int WarmUpRounds = 6;
    private const long NativeRuns = 1_000_000;
    private const double WarmUpSeconds = 3;

    private static readonly byte[][] Documents =
    [
        JsonDocuments.Small,
        "{\"id\":17,\"name\":\"kiln\",\"on\":true}"u8.ToArray(),
        "[1,2.5,-3e4,\"high\",null,false]"u8.ToArray(),
        "{\"list\":[{\"k\":1},{\"l\":[]}],\"m\":{}}"u8.ToArray(),
    ];

    /// <summary>Takes all figures.</summary>
    public static IEnumerable<Measurement> Measure(BenchOptions options, Action<string> say)
    {
        using CacheFolder folder = CacheFolder.Open(say);
        var cache = new ImageCache(folder);
        (string Target, double Goal, long Executions, byte[][] Seeds, bool IsGuided)[] targets =
        [
            ("switch", 5_000_000, RoundExecutions, [], true),
            ("mini-json", 1_000_000, RoundExecutions, [], true),
            // What compare guidance and cross-over make is no choice of the target's own mutator, and no JSON.
            ("newtonsoft-accepted", 400_000, RoundExecutions / 2, Documents, false),
            ("newtonsoft", 120_000, SlowRoundExecutions, Documents, true),
        ];
        foreach ((string target, double goal, long executions, byte[][] seeds, bool isGuided) in targets)
        {
            FuzzSettings settings = Settings(target, options, isGuided);
            using (var campaign = new SteppedCampaign(settings, seeds, cache))
            {
                FuzzRate rate = InProcess(campaign, executions, options.Rounds(UsualRounds));
                Say(say, $"{target} in process", rate);
                yield return new($"fuzz.{target}.per-second", rate.PerSecond, "/s", goal, HigherIsBetter: true);
            }

            if (seeds.Length == 0)
            {
                FuzzRate supervised = SupervisedRate.Measure(settings, TimeSpan.FromSeconds(WarmUpSeconds), options.Rounds(UsualRounds));
                Say(say, $"{target} in a worker process", supervised);
                yield return new($"fuzz.{target}.worker.per-second", supervised.PerSecond, "/s", goal, HigherIsBetter: true);
            }
        }

        foreach (Measurement measurement in BesideNative(options, cache, say))
        {
            yield return measurement;
        }
    }

    private static FuzzSettings Settings(string target, BenchOptions options, bool isGuided = true)
    {
        return Edgewise.Fuzzing.Fuzzer.Settings(typeof(SwitchTarget), nameof(SwitchTarget.Run)) with
        {
            Method = target,
            Campaign = new CampaignOptions { Seed = options.Seed ?? (ulong)Random.Shared.Next(1, int.MaxValue), UsesCompares = isGuided, CrossesOver = isGuided },
            HasOwnSeed = true,
        };
    }

    private static FuzzRate InProcess(SteppedCampaign campaign, long executions, int rounds)
    {
        for (int round = 0; round < WarmUpRounds; round++)
        {
            campaign.Run(executions);
            Thread.Sleep(100);
        }

        CampaignStatus before = campaign.Status;
        double best = Enumerable.Range(0, rounds).Max(_ => campaign.Run(executions));
        return FuzzRate.Between(before, campaign.Status, best);
    }

    private static void Say(Action<string> say, string what, FuzzRate rate) => say(string.Create(
        CultureInfo.InvariantCulture,
        $"fuzz: {what}: {rate.PerSecond:0} /s, mean length {rate.MeanLength:0.0}, threw {rate.Rejected:P1}, compares image {rate.Compared:P2}"));

    private static IEnumerable<Measurement> BesideNative(BenchOptions options, ImageCache cache, Action<string> say)
    {
        using NativeFuzzer? native = NativeFuzzer.TryBuild(out string why);
        if (native is null)
        {
            say($"fuzz: libFuzzer skipped, {why}");
            yield break;
        }

        using var campaign = new SteppedCampaign(Settings("switch", options), [], cache);
        InProcess(campaign, RoundExecutions, 1);
        List<double> ratios = [], theirs = [];
        for (int round = 0; round < options.Rounds(UsualRounds / 2); round++)
        {
            theirs.Add(native.Rate(NativeRuns, round + 1));
            ratios.Add(campaign.Run(NativeRuns) / theirs[^1]);
        }

        yield return new("fuzz.switch.libfuzzer.per-second", theirs.Max(), "/s", HigherIsBetter: true);
        yield return new("fuzz.switch.times-libfuzzer", ratios.Order().ElementAt(ratios.Count / 2), "x", HigherIsBetter: true);
    }
}
