namespace Edgewise.Exploration.Search;

/// <summary>How the energy strategy spends its budget; one unit is one child timeline.</summary>
public sealed record EnergyOptions
{
    /// <summary>Energy of a root seed.</summary>
    public long Global { get; init; } = 20_000;

    /// <summary>Energy of a mark, once for all its splits in a root seed; what a barren mark leaves goes to a pool for the others.</summary>
    public long PerMark { get; init; } = 600;

    /// <summary>Children of a batch: after each batch a mark is asked whether it brought anything new.</summary>
    public int Batch { get; init; } = 20;

    /// <summary>Children after which a mark may be called barren.</summary>
    public int Least { get; init; } = 60;

    /// <summary>The same in all root seeds but the first; null for one batch.</summary>
    public int? LeastWarm { get; init; }

    /// <summary>Most children of a split.</summary>
    public int Most { get; init; } = 150;

    /// <summary>Most reseeds of a timeline.</summary>
    public int Depth { get; init; } = 30;

    /// <summary>Children of every split, without batches and marks; null for batches.</summary>
    public int? Fixed { get; init; }
}
