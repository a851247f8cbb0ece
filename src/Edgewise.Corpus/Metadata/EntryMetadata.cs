namespace Edgewise.Corpus.Metadata;

/// <summary>What is known of an entry beside its content.</summary>
public sealed record EntryMetadata
{
    /// <summary>The entry of which it was made; null for one that came from outside.</summary>
    public EntryName? Parent { get; init; }

    /// <summary>What made it of its parent, as the log of a fuzzer writes it: <c>CrossOver-InsertByte</c>; empty for one that came from outside.</summary>
    public string Mutation { get; init; } = string.Empty;

    /// <summary>When it was found; null where nobody noted it. For people to read: nothing is decided by it.</summary>
    public DateTimeOffset? Found { get; init; }

    /// <summary>The features that it covers, ascending, each once.</summary>
    public IReadOnlyList<uint> Features { get; init; } = [];

    /// <summary>What a run of it costs, in a unit that whoever measures it chooses.</summary>
    public long Cost { get; init; }
}
