using System.Globalization;

namespace Edgewise.Bench.Unique;

/// <summary>What buffers of a size do not hold: PCs that a bitmap over everything has, and the session does not.</summary>
internal static class OverflowTable
{
    /// <summary>Sizes of buffers, in words.</summary>
    public static IReadOnlyList<int> Sizes { get; } = [512, 8 << 10, 64 << 10, 512 << 10];

    /// <summary>Different PCs that a raw buffer lost.</summary>
    public static int LostByRaw(EventTrace trace, int words)
    {
        HashSet<uint> witness = [.. trace.Events];
        witness.ExceptWith(trace.Events.Take(words - 1));
        return witness.Count;
    }

    /// <summary>What the default designs lost, when what deduplicates is asked too for what found no room in the area.</summary>
    public static int LostWithState(string design, EventTrace trace, int words)
    {
        using Replay replay = UniqueDesigns.Make(design, words, trace.Pcs.Length + 1);
        replay.Run(trace);
        return replay.Design switch
        {
            Designs.ByteStamps stamps => trace.UniquePcs - stamps.Passed,
            Designs.ExactEdges edges => trace.UniqueEdges - edges.Passed,
            _ => throw new ArgumentException($"{design} does not tell", nameof(design)),
        };
    }

    /// <summary>What a design's area has not of what it should have, by comparison with the oracle.</summary>
    /// <exception cref="InvalidOperationException">It recorded something that did not happen, or something twice.</exception>
    public static int LostBy(string design, EventTrace trace, int words)
    {
        using Replay replay = UniqueDesigns.Make(design, words, trace.Pcs.Length + 1);
        replay.Run(trace);
        if (replay.Design is Designs.RawThenTable { IsUnique: false } early)
        {
            early.Deduplicate();
        }

        ulong[] found = replay.Design.Found();
        bool isEdges = UniqueDesigns.OfEdges.Contains(design);
        HashSet<ulong> distinct = [.. found];
        int expected = isEdges ? trace.UniqueEdges : trace.UniquePcs;
        return distinct.Count <= expected && (distinct.Count == found.Length || design == "raw-then-table") ? expected - distinct.Count
            : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{design} on {trace.Name}: {found.Length} records, {distinct.Count} different, {expected} expected"));
    }
}
