namespace Edgewise.Fuzzing.Findings;

/// <summary>What a finding is; libFuzzer's kinds. The names begin the names of artifacts, the numbers are exit codes.</summary>
public enum FindingKind
{
    /// <summary>An exception that is no answer, or the death of the process.</summary>
    Crash = 77,

    /// <summary>The target ran longer than it may.</summary>
    Timeout = 70,

    /// <summary>The target took more memory than it may, or got none.</summary>
    OutOfMemory = 71,
}
