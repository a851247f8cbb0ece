namespace Edgewise.Fuzzing.Running;

/// <summary>How far a campaign is.</summary>
public sealed record CampaignStatus
{
    /// <summary>Executions so far.</summary>
    public long Executions { get; init; }

    /// <summary>Points seen.</summary>
    public int Covered { get; init; }

    /// <summary>Points there are.</summary>
    public int Points { get; init; }

    /// <summary>Features seen.</summary>
    public int Features { get; init; }

    /// <summary>Entries of the corpus.</summary>
    public int Entries { get; init; }

    /// <summary>Bytes of all entries.</summary>
    public long EntryBytes { get; init; }

    /// <summary>The longest input that mutators make at present.</summary>
    public int LengthLimit { get; init; }

    /// <summary>Bytes of the longest entry.</summary>
    public int LongestEntry { get; init; }

    /// <summary>Points that are masked because they differ from run to run.</summary>
    public int Unstable { get; init; }

    /// <summary>Executions that ended by an exception that is an answer.</summary>
    public long Rejections { get; init; }

    /// <summary>Executions that showed a finding.</summary>
    public long Crashes { get; init; }

    /// <summary>Executions of the comparing image.</summary>
    public long CompareExecutions { get; init; }

    /// <summary>Mean bytes of an input.</summary>
    public double MeanLength { get; init; }

    /// <summary>The execution of the last entry.</summary>
    public long LastNews { get; init; }
}
