using Edgewise.Bench.Timing;

namespace Edgewise.Bench.Showmap;

/// <summary><c>edgewise diffcov relcov</c> as a process of its own, start included, on campaigns of two sizes: medians of several runs, with files that were read before.</summary>
internal static class DiffcovCost
{
    private const int Rounds = 7, Ids = 50_000, FewIds = 12_500;
    private const double GoalMilliseconds = 2000, GoalMegabytes = 500;

    /// <summary>Takes the figures, or says what is missing.</summary>
    public static IEnumerable<Measurement> Measure(BenchOptions options, Action<string> report)
    {
        if (PublishedCommand.Find() is not { } program)
        {
            report($"diffcov: skipped, {PublishedCommand.Missing}");
            yield break;
        }

        report($"diffcov: {Path.GetRelativePath(RepositoryFiles.Root, program)}");
        using CampaignSample few = new(FewIds), many = new(Ids);
        double version = Median(options, program, "--version").Wall;
        MeasuredProcess small = Median(options, program, "diffcov", "relcov", few.Folder), large = Median(options, program, "diffcov", "relcov", many.Folder);
        yield return new("diffcov.relcov.12500-ids.ms", small.Wall * 1e3, "ms");
        yield return new("diffcov.relcov.50000-ids.ms", large.Wall * 1e3, "ms", GoalMilliseconds);
        yield return new("diffcov.relcov.50000-ids.cpu", large.Processor * 1e3, "ms");
        yield return new("diffcov.relcov.50000-ids.rate", many.Bytes / 1e9 / large.Wall, "GB/s", HigherIsBetter: true);
        yield return new("diffcov.relcov.4-times-the-ids", (large.Wall - version) / (small.Wall - version), "x", 4.5);
        yield return new("diffcov.relcov.50000-ids.memory", MeasuredProcess.PeakMegabytes(program, ["diffcov", "relcov", many.Folder]), "MB", GoalMegabytes);
        yield return new("diffcov.stats.50000-ids.ms", Median(options, program, "diffcov", "stats", many.Folder).Wall * 1e3, "ms");
    }

    private static MeasuredProcess Median(BenchOptions options, string program, params string[] arguments)
    {
        MeasuredProcess[] runs = [.. Enumerable.Range(0, options.Rounds(Rounds)).Select(_ => MeasuredProcess.Run(program, arguments)).OrderBy(static run => run.Wall)];
        return runs[runs.Length / 2];
    }
}
