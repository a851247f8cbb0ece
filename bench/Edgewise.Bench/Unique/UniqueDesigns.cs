using Edgewise.Bench.Unique.Designs;

namespace Edgewise.Bench.Unique;

/// <summary>The designs of the study, by name.</summary>
internal static class UniqueDesigns
{
    /// <summary>Every event, eight bytes: what all others are compared with.</summary>
    public const string Raw = "raw";

    /// <summary>The default for points.</summary>
    public const string Default = "stamp8";

    /// <summary>The default for edges.</summary>
    public const string DefaultEdge = "edge.set";

    /// <summary>Words of the area that the table counts losses for; a design that changes with its area is timed with this one.</summary>
    public const int SmallArea = 8 << 10;

    private const int SlotBits = 16;

    /// <summary>Those that keep each PC once.</summary>
    public static IReadOnlyList<string> OfPcs { get; } = [Default, "stamp16", "bitmap", "segments", "open", "chain", "raw-then-table"];

    /// <summary>Those that keep each edge once.</summary>
    public static IReadOnlyList<string> OfEdges { get; } = [DefaultEdge, "edge.last", "edge.chain-hashed"];

    /// <summary>Those that leave nothing out.</summary>
    public static IReadOnlyList<string> OfTraces { get; } = ["delta", "delta.deflate"];

    /// <summary>A replay of a design.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="words">Words of its area.</param>
    /// <param name="sites">Places that there are.</param>
    public static Replay Make(string name, int words, int sites) => name switch
    {
        "call" => Replay.Of(name, new CallOnly(), sites),
        Raw => Replay.Of(name, new RawAppend(words), sites),
        Default => Replay.Of(name, new ByteStamps(words, sites), sites),
        "stamp16" => Replay.Of(name, new WideStamps(words, sites), sites),
        "bitmap" => Replay.Of(name, new GuardBitmap(words, sites), sites),
        "segments" => Replay.Of(name, new SegmentBitmap(words, sites), sites),
        "open" => Replay.Of(name, new OpenAddressing(words, SlotBits), sites),
        "chain" => Replay.Of(name, new ChainedHash(words, false), sites),
        "raw-then-table" => Replay.Of(name, new RawThenTable(SmallArea, SlotBits), sites),
        DefaultEdge => Replay.Of(name, new ExactEdges(words), sites),
        "edge.last" => Replay.Of(name, new LastPredecessor(words, sites), sites),
        "edge.chain-hashed" => Replay.Of(name, new ChainedHash(words, true), sites),
        "delta" => Replay.Of(name, new DeltaTrace(words), sites),
        "delta.deflate" => Replay.Of(name, new CompressedTrace(words), sites),
        _ => throw new ArgumentException($"no design is named {name}", nameof(name)),
    };
}
