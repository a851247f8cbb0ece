namespace Edgewise.Showmap.Corpora;

/// <summary>What the content of an entry is.</summary>
public enum EntryKind
{
    /// <summary>One input, byte for byte.</summary>
    Input,

    /// <summary>A sequence of calls, as Foundry keeps it: a JSON array of transactions.</summary>
    Sequence,
}
