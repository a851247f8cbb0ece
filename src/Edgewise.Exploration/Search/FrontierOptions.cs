namespace Edgewise.Exploration.Search;

/// <summary>How the frontier divides its runs. The usual values were chosen on workloads of different kinds before any was measured for a claim.</summary>
public sealed record FrontierOptions
{
    /// <summary>Children that the newest state gets before the next newest has its turn.</summary>
    public int FocusVisits { get; init; } = 100;

    /// <summary>By how much the share of runs that go to the least visited state grows with each child of the newest one that found nothing.</summary>
    /// <summary>x</summary>
    public double FairSharePerVisit { get; init; } = 0.01;

    /// <summary>The largest such share.</summary>
    public double LargestFairShare { get; init; } = 0.5;

    /// <summary>Whether edges that a run was the first to take become a state when it found a property as well.</summary>
    public bool EdgesBesideProperties { get; init; }

    /// <summary>A way to a state that is this much shorter makes it worth as many children as a new one.</summary>
    public double MuchShorter { get; init; } = 0.75;

    /// <summary>Least.</summary>
    public double LeastRoom { get; init; } = 0.05;

    /// <summary>Deepest.</summary>
    public bool Deepest { get; init; } = true;

    /// <summary>Settle.</summary>
    public double Settle { get; init; } = 0.3;

    /// <summary>x</summary>
    public double FairShare { get; init; } = 0.2;
    /// <summary>x</summary>
    public bool Streak { get; init; } = true;

    /// <summary>x</summary>
    public int Modes { get; init; } = 3;
}
