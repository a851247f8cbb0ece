namespace Edgewise.Fuzzing.Findings;

/// <summary>A finding: what one signature stands for, with the first input that showed it.</summary>
public sealed record Finding
{
    /// <summary>What it is.</summary>
    public required FindingKind Kind { get; init; }

    /// <summary>What tells it from other findings: kind, exception type or end of the process, and the top frames in the target's own code.</summary>
    public required string Signature { get; init; }

    /// <summary>What happened, in one line: the exception's type and message, or how the process ended.</summary>
    public required string Title { get; init; }

    /// <summary>The stack trace, with files and lines where there are PDBs; for a process that died what it wrote last.</summary>
    public required string Details { get; init; }

    /// <summary>The input.</summary>
    public required byte[] Input { get; init; }

    /// <summary>The execution that showed it.</summary>
    public long Execution { get; init; }

    /// <summary>Mutators that made the input, joined by hyphens; empty for a seed.</summary>
    public string Mutations { get; init; } = "";

    /// <summary>The entry that the input was made of; null for a seed.</summary>
    public string? Base { get; init; }

    /// <summary>The shortest input known that shows it; null where it was not looked for.</summary>
    public byte[]? Minimized { get; init; }

    /// <summary>How many of the runs that followed showed it again.</summary>
    public int Reproduced { get; init; }

    /// <summary>How many runs that were.</summary>
    public int Reruns { get; init; }

    /// <summary>True where the process did not outlive it, or had to be killed.</summary>
    public bool EndedProcess { get; init; }

    /// <summary>True where not each run shows it.</summary>
    public bool IsFlaky => Reproduced < Reruns;
}
