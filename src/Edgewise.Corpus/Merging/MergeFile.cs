namespace Edgewise.Corpus.Merging;

/// <summary>An input of a merge, with what its execution showed.</summary>
public sealed class MergeFile(string path)
{
    /// <summary>The file.</summary>
    public string Path { get; } = path;

    /// <summary>Its size in bytes; 0 until it was executed.</summary>
    public long Size { get; internal set; }

    /// <summary>Features, ascending: those that no earlier file has, or in a merge by set cover all of them.</summary>
    public IReadOnlyList<uint> Features => FeatureIds;

    /// <summary>Points that no earlier file covers.</summary>
    public IReadOnlyList<uint> Points { get; internal set; } = [];

    /// <summary>The features, for code that goes through those of all files.</summary>
    internal uint[] FeatureIds { get; set; } = [];
}
