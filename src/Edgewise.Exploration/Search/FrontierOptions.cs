namespace Edgewise.Exploration.Search;

/// <summary>How the frontier divides its runs. The usual values were chosen on workloads of several kinds before any of them was measured.</summary>
public sealed record FrontierOptions
{
    /// <summary>Children in a row without a discovery that a state gets before the next one has its turn.</summary>
    public int FocusVisits { get; init; } = 100;

    /// <summary>Share of the runs that does not go to the deepest state, but to ancestors, to the oldest states and to the least visited ones.</summary>
    public double FairShare { get; init; } = 0.7;
}
