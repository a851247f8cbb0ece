namespace Edgewise.Simulation.Links;

/// <summary>How a link treats messages. Probabilities are of a message; a probability of 0 costs no draw.</summary>
public sealed record LinkOptions
{
    /// <summary>A link that only takes its time: 1 to 5 milliseconds, in order.</summary>
    public static LinkOptions Default { get; } = new();

    /// <summary>How long a message is under way.</summary>
    public Latency Latency { get; init; } = Latency.Uniform(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(5));

    /// <summary>Probability that it is lost.</summary>
    public double Loss { get; init; }

    /// <summary>Probability that it arrives twice; the second has a latency of its own.</summary>
    public double Duplication { get; init; }

    /// <summary>Probability that it does not keep its order: it is under way several times as long, and what is sent after it may overtake it.</summary>
    public double Reordering { get; init; }

    /// <summary>The same link without faults.</summary>
    public LinkOptions WithoutFaults() => this with { Loss = 0, Duplication = 0, Reordering = 0 };
}
