namespace Edgewise.Exploration.Search;

/// <summary>How the frontier divides its runs. The usual values were chosen on workloads of several kinds before any of them was measured.</summary>
public sealed record FrontierOptions
{
    /// <summary>Children in a row without a discovery after which a state counts as barren.</summary>
    public int BarrenAfter { get; init; } = 200;

    /// <summary>Least share of the runs that each way of choosing a state has.</summary>
    public double LeastShare { get; init; } = 0.05;
}
