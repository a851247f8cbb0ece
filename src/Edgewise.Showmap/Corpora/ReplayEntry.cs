namespace Edgewise.Showmap.Corpora;

/// <summary>An entry of a corpus that is replayed.</summary>
/// <param name="Name">Its path below the corpus, with forward slashes: no other entry has it, and it decides the order.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Kind">What its content is.</param>
public sealed record ReplayEntry(string Name, string Path, EntryKind Kind)
{
    /// <summary>True for a file that is unpacked first.</summary>
    public bool IsPacked => Path.EndsWith(EntryNames.PackedExtension, StringComparison.OrdinalIgnoreCase);
}
