using System.Diagnostics;
using Edgewise.Corpus;
using Edgewise.Corpus.Inputs;
using Edgewise.Corpus.Merging;
using Edgewise.Corpus.Metadata;
using Edgewise.Corpus.Minimization;

namespace Edgewise.Bench.Corpus;

/// <summary>How fast a corpus of 20,000 small entries is merged, minimised, written and read. Rates are entries per second, the best of some rounds.</summary>
internal static class CorpusBenchmarks
{
    private const int Entries = 20_000;
    private const int Rounds = 7;
    private const int Seed = 6;
    private const double MergeGoal = 50_000;

    /// <summary>Takes all figures.</summary>
    public static IEnumerable<Measurement> Measure(BenchOptions options, Action<string> say)
    {
        string folder = Directory.CreateTempSubdirectory("edgewise-bench-").FullName;
        try
        {
            byte[][] contents = Contents();
            yield return Rate("corpus.add", 1, () => Write(Path.Combine(folder, "corpus"), contents));
            yield return Rate("corpus.load", options.Rounds(Rounds), () => Load(Path.Combine(folder, "corpus")));
            yield return Rate("corpus.merge", options.Rounds(Rounds), () => Merge(folder, MergeMode.Greedy)) with { Goal = MergeGoal };
            yield return Rate("corpus.merge.set-cover", options.Rounds(Rounds), () => Merge(folder, MergeMode.SetCover)) with { Goal = MergeGoal };
            CoverCandidate[] candidates = [.. contents.Select(Candidate)];
            yield return Rate("corpus.minimise", options.Rounds(Rounds), () => SetCover.Choose(candidates));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Measurement Rate(string name, int rounds, Action action)
    {
        double best = double.MaxValue;
        for (int round = 0; round < rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            action();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return new Measurement($"{name}.per-second", Entries / best, "/s", HigherIsBetter: true);
    }

    // All of the work of "edgewise merge" but the start of processes: listing, executing, recording, choosing.
    private static void Merge(string folder, MergeMode mode)
    {
        string control = Path.Combine(folder, "control");
        File.Delete(control);
        var request = new MergeRequest { ControlPath = control, FirstCorpus = [], Others = InputFolder.List(Path.Combine(folder, "corpus")), Mode = mode };
        CorpusMerge.Run(
            request,
            _ =>
            {
                new MergeStep(new ByteExecutor(), mode).Run(MergeControlFile.Read(control));
                return true;
            },
            _ => { });
    }

    private static void Write(string path, byte[][] contents)
    {
        using CorpusFolder corpus = CorpusFolder.Open(path);
        foreach (byte[] content in contents)
        {
            corpus.Add(content, new EntryMetadata { Mutation = "ChangeByte-InsertByte", Features = [.. Features(content)], Cost = content.Length });
        }
    }

    private static void Load(string path)
    {
        using CorpusFolder corpus = CorpusFolder.Open(path);
        corpus.Load();
    }

    private static CoverCandidate Candidate(byte[] content) => new(EntryName.Of(content), content.Length, Features(content).ToArray());

    private static SortedSet<uint> Features(byte[] content)
    {
        var features = new SortedSet<uint>();
        new ByteExecutor().Execute(content, features, new List<uint>());
        return features;
    }

    private static byte[][] Contents()
    {
        var random = new Random(Seed);
        return [.. Enumerable.Range(0, Entries).Select(_ =>
        {
            byte[] content = new byte[random.Next(4, 60)];
            random.NextBytes(content);
            return content;
        })];
    }
}
