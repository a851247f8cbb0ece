using Edgewise.Fuzzing.Findings;

namespace Edgewise.Fuzzing.Running;

/// <summary>How a campaign ended.</summary>
public sealed record FuzzResult
{
    /// <summary>How far it came; null where it could not begin.</summary>
    public CampaignStatus? Status { get; init; }

    /// <summary>What was found, one of a signature, in order.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>Paths of the artifacts, one for each finding.</summary>
    public IReadOnlyList<string> Artifacts { get; init; } = [];

    /// <summary>The dictionary that the campaign made of what the target compares, without the user's words.</summary>
    public IReadOnlyList<RecommendedWord> Words { get; init; } = [];

    /// <summary>Why it could not begin or go on; null where all went well.</summary>
    public string? Error { get; init; }

    /// <summary>True where someone asked it to end.</summary>
    public bool WasInterrupted { get; init; }

    /// <summary>Processes that were started.</summary>
    public int Processes { get; init; }

    /// <summary>Time it took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The longest that an execution was seen to take; 0 where none was seen twice.</summary>
    public TimeSpan SlowestRun { get; init; }

    /// <summary>The most memory that a worker process was seen to have, in bytes.</summary>
    public long PeakMemory { get; init; }

    /// <summary>libFuzzer's: 0 nothing found, 70 timeout, 71 out of memory, 72 interrupted, 77 crash, several: the largest; 1 an error.</summary>
    public int ExitCode => Math.Max(
        Findings.Select(finding => (int)finding.Kind).DefaultIfEmpty(0).Max(),
        Error is not null ? 1 : WasInterrupted ? Interrupted : 0);

    private const int Interrupted = 72;
}
