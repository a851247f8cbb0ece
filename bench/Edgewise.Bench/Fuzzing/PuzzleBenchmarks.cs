using System.Reflection;
using Edgewise.Annotations;
using Edgewise.Hosting.Folders;
using Edgewise.Hosting.Images;
using Puzzles;

namespace Edgewise.Bench.Fuzzing;

/// <summary>How many executions it takes to solve a puzzle, with seeds that are drawn anew each time, and how long to find a magic value.</summary>
internal static class PuzzleBenchmarks
{
    /// <summary>Executions after which a campaign gives up.</summary>
    public const long Limit = 1_000_000;

    private const string MagicPrefix = "magic-";
    private const string Checksum = "SimpleHashTest";
    private const double Goal = 100_000;
    private const double ChecksumGoal = 1_000_000;
    private const double SecondsGoal = 10;

    // Written by who had not seen the engine.
    private static readonly string[] BlindPrefixes = ["further-", "document-"];

    /// <summary>Takes all figures.</summary>
    public static IEnumerable<Measurement> Measure(BenchOptions options, Action<string> say) =>
        Measure(Names().Where(name => !IsBlind(name)), options, say);

    /// <summary>The same of the puzzles that were written after the engine, which was not changed for them.</summary>
    public static IEnumerable<Measurement> MeasureBlind(BenchOptions options, Action<string> say) =>
        Measure(Names().Where(name => IsBlind(name)), options, say);

    private static IEnumerable<Measurement> Measure(IEnumerable<string> puzzles, BenchOptions options, Action<string> say)
    {
        ulong[] seeds = Seeds(options);
        say($"puzzles: seeds {string.Join(' ', seeds)}; --seed {seeds[0]} --seeds {seeds.Length} takes the same");
        using CacheFolder folder = CacheFolder.Open(say);
        var cache = new ImageCache(folder);
        List<PuzzleRow> rows = [];
        foreach (string puzzle in puzzles)
        {
            rows.Add(new PuzzleRow(
                puzzle, [.. seeds.Select(seed => Run(puzzle, seed, cache))], PuzzlePeer.All.FirstOrDefault(peer => peer.Puzzle == puzzle)));
        }

        foreach (string line in PuzzleTable.Render(rows).TrimEnd('\n').Split('\n'))
        {
            say(line);
        }

        return rows.Select(Figure);
    }

    // Magic values are looked for by the clock, all else by executions.
    private static PuzzleOutcome Run(string puzzle, ulong seed, ImageCache cache) => IsMagic(puzzle)
        ? PuzzleCampaign.Run(puzzle, seed, -1, cache, TimeSpan.FromSeconds(SecondsGoal))
        : PuzzleCampaign.Run(puzzle, seed, Limit, cache);

    private static bool IsBlind(string puzzle) => BlindPrefixes.Any(prefix => puzzle.StartsWith(prefix, StringComparison.Ordinal));

    private static bool IsMagic(string puzzle) => puzzle.StartsWith(MagicPrefix, StringComparison.Ordinal);

    // The peer's puzzles in the order of its table, then the others.
    private static IEnumerable<string> Names()
    {
        string[] names =
        [
            .. typeof(PuzzleSolvedException).Assembly.GetTypes()
                .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public))
                .Select(method => method.GetCustomAttribute<FuzzTargetAttribute>()?.Name)
                .OfType<string>(),
        ];
        return PuzzlePeer.All.Select(peer => peer.Puzzle).Concat(names.Except(PuzzlePeer.All.Select(peer => peer.Puzzle)).OrderDescending(StringComparer.Ordinal));
    }

    private static Measurement Figure(PuzzleRow row)
    {
        // A puzzle that was not solved has no figure that meets a goal.
        return IsMagic(row.Puzzle)
            ? new($"puzzles.{row.Puzzle}.s", row.Worst is null ? double.PositiveInfinity : row.Longest.TotalSeconds, "s", SecondsGoal)
            : new($"puzzles.{row.Puzzle}.worst", row.Worst ?? double.PositiveInfinity, "runs", row.Puzzle == Checksum ? ChecksumGoal : Goal);
    }

    private static ulong[] Seeds(BenchOptions options)
    {
        // The first seed is where the others are drawn from, so that it alone repeats a run.
        ulong first = options.Seed ?? (ulong)Random.Shared.Next(1, int.MaxValue);
        var random = new Random((int)(first & int.MaxValue));
        return [first, .. Enumerable.Range(1, options.SeedCount - 1).Select(_ => (ulong)random.Next(1, int.MaxValue))];
    }
}
