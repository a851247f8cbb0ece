namespace Edgewise.Cli.Rendering.Sim;

/// <summary>Where a search stands.</summary>
internal readonly record struct LiveFigures
{
    /// <summary>Name of the simulation.</summary>
    public required string Simulation { get; init; }

    /// <summary>Number of the root seed, from 0.</summary>
    public required int Iteration { get; init; }

    /// <summary>Root seeds in all, where that is known.</summary>
    public int? Iterations { get; init; }

    /// <summary>Timelines of all root seeds.</summary>
    public required long Runs { get; init; }

    /// <summary>Timelines of this root seed.</summary>
    public required long SeedRuns { get; init; }

    /// <summary>Timelines that this root seed may have.</summary>
    public required long MostSeedRuns { get; init; }

    /// <summary>Bugs so far.</summary>
    public int Bugs { get; init; }

    /// <summary>The newest bug.</summary>
    public string LastBug { get; init; }

    /// <summary>States of this root seed's frontier.</summary>
    public int States { get; init; }

    /// <summary>Those among them that have had enough children without a discovery.</summary>
    public int SpentStates { get; init; }

    /// <summary>States on the longest way.</summary>
    public int Depth { get; init; }

    /// <summary>Energy that is left, of that strategy; null for others.</summary>
    public long? EnergyLeft { get; init; }

    /// <summary>Energy in the pool; null for others.</summary>
    public long? PoolLeft { get; init; }

    /// <summary>Edges that are counted.</summary>
    public int Edges { get; init; }

    /// <summary>Edges that were taken.</summary>
    public int CoveredEdges { get; init; }

    /// <summary>Runs that made recipes shorter, once the search is over; null before that.</summary>
    public long? ShorteningRuns { get; init; }

    /// <summary>Time since the search began.</summary>
    public required TimeSpan Elapsed { get; init; }
}
