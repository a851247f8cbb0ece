namespace Edgewise.Fuzzing.Campaigns;

/// <summary>How a campaign searches. The defaults are libFuzzer's.</summary>
public sealed record CampaignOptions
{
    /// <summary>libFuzzer's limit where no seed is longer.</summary>
    public const int UsualLength = 4096;

    /// <summary>Seed of the campaign's source of chance; the same seed gives the same campaign.</summary>
    public ulong Seed { get; init; }

    /// <summary>Bytes of the longest input; 0: 4,096, or the longest seed where that is longer.</summary>
    public int MaxLength { get; init; }

    /// <summary>Executions after which the campaign ends; -1: never.</summary>
    public long Runs { get; init; } = -1;

    /// <summary>Mutations that are applied one after the other to a picked entry, with an execution after each.</summary>
    public int MutateDepth { get; init; } = 5;

    /// <summary>How slowly longer inputs are tried; 0 to try all lengths at once.</summary>
    public int LengthControl { get; init; } = 100;

    /// <summary>True to cross entries with others.</summary>
    public bool CrossesOver { get; init; } = true;

    /// <summary>True to keep inputs within printable ASCII.</summary>
    public bool IsAscii { get; init; }

    /// <summary>True to replace an entry by a shorter one with the same new features.</summary>
    public bool ReducesInputs { get; init; } = true;

    /// <summary>True to go on after a finding.</summary>
    public bool IgnoresCrashes { get; init; }

    /// <summary>Executions of an input before it becomes an entry; points whose counts differ are masked. 1 to trust the target.</summary>
    public int StabilityRuns { get; init; } = 3;

    /// <summary>True to use what the target compares.</summary>
    public bool UsesCompares { get; init; } = true;

    /// <summary>True to count how near comparisons came to equality as features: libFuzzer's value profile.</summary>
    public bool UsesValueProfile { get; init; }

    /// <summary>True to take which callee an indirect call had for a feature.</summary>
    public bool UsesCallPairs { get; init; }

    /// <summary>True to take how deep the stack got for a feature.</summary>
    public bool UsesStackDepth { get; init; }

    /// <summary>The user's words.</summary>
    public IReadOnlyList<byte[]> Dictionary { get; init; } = [];
}
