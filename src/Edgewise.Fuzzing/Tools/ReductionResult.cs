using Edgewise.Fuzzing.Findings;

namespace Edgewise.Fuzzing.Tools;

/// <summary>What came of making an input shorter.</summary>
public sealed record ReductionResult
{
    /// <summary>What the input shows; null where the target returned, so that its edges are kept.</summary>
    public Finding? Finding { get; init; }

    /// <summary>The input.</summary>
    public required byte[] Input { get; init; }

    /// <summary>The shortest and plainest input found that shows the same; the input itself where there is none.</summary>
    public required byte[] Smallest { get; init; }

    /// <summary>Points that the input hits; 0 for one that ends the process.</summary>
    public int Points { get; init; }

    /// <summary>How many of the first runs showed the same as the first one.</summary>
    public required int Reproduced { get; init; }

    /// <summary>How many runs that were. Where not all showed the same, nothing was tried.</summary>
    public required int Reruns { get; init; }

    /// <summary>Runs of the target in all.</summary>
    public required long Runs { get; init; }

    /// <summary>Processes that were started.</summary>
    public required int Processes { get; init; }

    /// <summary>True where a limit ended the search.</summary>
    public bool WasCutShort { get; init; }

    /// <summary>True where not each run showed the same.</summary>
    public bool IsFlaky => Reproduced < Reruns;
}
