using Edgewise.Corpus.Inputs;

namespace Edgewise.Corpus.Merging;

/// <summary>What is to be merged.</summary>
public sealed record MergeRequest
{
    /// <summary>Path of the control file; a merge that it tells of is gone on with.</summary>
    public required string ControlPath { get; init; }

    /// <summary>Files of the corpus that is added to.</summary>
    public required IReadOnlyList<InputFile> FirstCorpus { get; init; }

    /// <summary>Files that may be added.</summary>
    public required IReadOnlyList<InputFile> Others { get; init; }

    /// <summary>How the added ones are chosen.</summary>
    public MergeMode Mode { get; init; }
}
