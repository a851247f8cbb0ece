using Edgewise.Bench.Afl;
using Edgewise.Bench.Corpus;
using Edgewise.Bench.Engines;
using Edgewise.Bench.Exploring;
using Edgewise.Bench.Feedback;
using Edgewise.Bench.Fuzzing;
using Edgewise.Bench.Overhead;
using Edgewise.Bench.Reports;
using Edgewise.Bench.Rewriting;
using Edgewise.Bench.Sancov;
using Edgewise.Bench.Showmap;
using Edgewise.Bench.Unique;

namespace Edgewise.Bench;

/// <summary>All groups of figures, in the order in which they are taken and printed.</summary>
internal static class BenchmarkCatalog
{
    private const int FeedbackRounds = 1501;

    /// <summary>Every group.</summary>
    public static IReadOnlyList<BenchmarkGroup> All { get; } =
    [
        // Before groups that take the coverage map of this process for themselves.
        new("explore", ExplorationBenchmarks.Measure),
        new("world", WorldCost.Measure),
        new("json", JsonParserOverhead.Measure),
        new("strings", StringComparisonOverhead.Measure),
        new("workloads", WorkloadOverhead.Measure),
        new("threads", ThreadOverhead.Measure),
        new("size", ImageSize.Measure),
        new("instrument", InstrumentingTime.Measure),
        new("cold", ColdCommand.Measure),
        new("feedback", (options, _) => FeedbackBenchmarks.Measure(options.Rounds(FeedbackRounds))),
        new("targets", TargetCost.Measure),
        new("fuzz", FuzzSpeed.Measure),
        new("puzzles", PuzzleBenchmarks.Measure),
        new("blind", PuzzleBenchmarks.MeasureBlind),
        new("corpus", CorpusBenchmarks.Measure),
        new("merge", MergeCost.Measure),
        new("engines", EngineCost.Measure),
        new("fork", ForkCost.Measure),
        new("sancov", SancovCost.Measure),
        new("report", ReportCost.Measure),
        new("afl", AflRate.Measure),
        new("diffcov", DiffcovCost.Measure),
        new("evm", EvmRate.Measure),
        new("showmap", ReplayCost.Measure),
        new("unique", UniqueStudy.Measure),
    ];
}
