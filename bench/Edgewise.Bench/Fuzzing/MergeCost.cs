using Edgewise.Bench.Timing;

namespace Edgewise.Bench.Fuzzing;

/// <summary>
/// How fast <c>edgewise merge</c> takes 20,000 small entries into an empty corpus, as a process of its own with its worker: entries per second, the best of some
/// rounds; and the same without what a merge of one entry takes, which is the start of the two processes.
/// </summary>
internal static class MergeCost
{
    private const int Entries = 20_000;
    private const int UsualRounds = 7;
    private const int Seed = 6;
    private const double Goal = 50_000;
    private const string Target = "artifacts/bin/Fuzzed/release/Fuzzed.dll";

    /// <summary>Takes all figures, or says how to make the program that they need.</summary>
    public static IEnumerable<Measurement> Measure(BenchOptions options, Action<string> say)
    {
        if (PublishedCommand.Find() is not { } program)
        {
            say($"merge: skipped, {PublishedCommand.Missing}");
            yield break;
        }

        string folder = Directory.CreateTempSubdirectory("edgewise-bench-").FullName;
        double all = double.MaxValue, one = double.MaxValue;
        try
        {
            Write(Path.Combine(folder, "all"), Entries);
            Write(Path.Combine(folder, "one"), 1);
            for (int round = 0; round < options.Rounds(UsualRounds); round++)
            {
                one = Math.Min(one, Run(program, folder, "one"));
                all = Math.Min(all, Run(program, folder, "all"));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        yield return new Measurement("merge.per-second", Entries / all, "/s", Goal, HigherIsBetter: true);
        yield return new Measurement("merge.start.ms", one * 1000, "ms");
        yield return new Measurement("merge.beyond-start.per-second", Entries / (all - one), "/s", Goal, HigherIsBetter: true);
    }

    private static void Write(string folder, int count)
    {
        Directory.CreateDirectory(folder);
        var random = new Random(Seed);
        for (int i = 0; i < count; i++)
        {
            byte[] content = new byte[random.Next(4, 60)];
            random.NextBytes(content);
            File.WriteAllBytes(Path.Combine(folder, $"{i:00000}"), content);
        }
    }

    private static double Run(string program, string folder, string input)
    {
        string corpus = Path.Combine(folder, "corpus");
        MeasuredProcess run = MeasuredProcess.Run(program, ["merge", Path.Combine(RepositoryFiles.Root, Target), corpus, Path.Combine(folder, input), "--method", "letters"]);
        Directory.Delete(corpus, recursive: true);
        return run.Wall;
    }
}
