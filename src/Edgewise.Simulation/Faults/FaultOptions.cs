using Edgewise.Simulation.Links;

namespace Edgewise.Simulation.Faults;

/// <summary>What may go wrong in a simulation. What is 0 or null never does, and has no part in the swarm.</summary>
public sealed record FaultOptions
{
    /// <summary>Messages are lost, arrive twice and overtake each other now and then, links may be slow, and fault points and knobs are in play.</summary>
    public static FaultOptions Default { get; } = new();

    /// <summary>Probability that a message is lost.</summary>
    public double Loss { get; init; } = 0.02;

    /// <summary>Probability that a message arrives twice.</summary>
    public double Duplication { get; init; } = 0.02;

    /// <summary>Probability that a message does not keep its order.</summary>
    public double Reordering { get; init; } = 0.05;

    /// <summary>The latency of runs with slow links; null for none.</summary>
    public Latency? SlowLinks { get; init; } = Latency.Bimodal(
        Latency.Uniform(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(5)),
        Latency.Exponential(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(100)),
        0.1);

    /// <summary>What an <see cref="Attrition"/> does to processes; null for nothing.</summary>
    public AttritionOptions? Attrition { get; init; }

    /// <summary>Each run has each family on or off, with probability one half: so that one fault does not hide what another shows. Otherwise all are on.</summary>
    public bool Swarm { get; init; } = true;
}
