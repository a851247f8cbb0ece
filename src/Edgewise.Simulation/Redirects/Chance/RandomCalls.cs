namespace Edgewise.Simulation.Redirects.Chance;

/// <summary><c>Random.Shared</c> and <c>new Random()</c>: in a world its counted source. A <see cref="Random"/> with a seed is deterministic as it is.</summary>
[StandsInFor(typeof(Random))]
public static class RandomCalls
{
    /// <inheritdoc cref="Random.Shared"/>
    public static Random Shared() => WorldRandom.Instance;

    /// <inheritdoc cref="Random.Random()"/>
    public static Random New() => WorldRandom.Instance;
}
