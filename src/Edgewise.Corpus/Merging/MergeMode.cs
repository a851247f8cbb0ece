namespace Edgewise.Corpus.Merging;

/// <summary>How a merge chooses the files that it adds.</summary>
public enum MergeMode
{
    /// <summary>As <c>-merge=1</c>: the smallest first, each that covers something new. A file's record holds only what no file before it covers.</summary>
    Greedy,

    /// <summary>As <c>-set_cover_merge=1</c>: the one with the most new features first. A file's record holds all its features.</summary>
    SetCover,
}
