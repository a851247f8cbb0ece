namespace Edgewise.Exploration.Running;

/// <summary>What the search of one root seed did.</summary>
public sealed record SeedReport
{
    /// <summary>The root seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Runs, those that only located edges included.</summary>
    public required long Runs { get; init; }

    /// <summary>Runs among them that only located edges.</summary>
    public required long Locations { get; init; }

    /// <summary>Random draws of all runs.</summary>
    public required long Draws { get; init; }

    /// <summary>States that the seed's search found.</summary>
    public required int States { get; init; }

    /// <summary>States and edges among what it found that no earlier root seed had found.</summary>
    public required int New { get; init; }

    /// <summary>Number of the run that first showed a bug, from 1; null if none did.</summary>
    public required long? FirstBugRun { get; init; }

    /// <summary>Runs that showed a bug.</summary>
    public required long BugRuns { get; init; }

    /// <summary>Time that the search took.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Hash over all runs in their order: timeline, end, discoveries and edges. Equal searches have equal hashes.</summary>
    public required ulong Fingerprint { get; init; }

    /// <summary>Energy that was left, of the energy strategy; null for others.</summary>
    public long? EnergyLeft { get; init; }

    /// <summary>Energy left in the pool of barren marks; null for others.</summary>
    public long? PoolLeft { get; init; }
}
