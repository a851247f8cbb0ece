using Edgewise.Exploration.Randomness;

namespace Edgewise.Simulation.Links;

/// <summary>How long something takes: a distribution of times.</summary>
public abstract record Latency
{
    // Only the shapes below.
    private Latency()
    {
    }

    /// <summary>Draws a time.</summary>
    public abstract TimeSpan Draw(RandomSource random);

    /// <summary>Always the same time, without a draw.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public static Latency Fixed(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        return new FixedShape(time);
    }

    /// <summary>Any time from <paramref name="from"/> (included) to <paramref name="to"/> (excluded) with the same probability; one draw.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range is empty, or a time negative.</exception>
    public static Latency Uniform(TimeSpan from, TimeSpan to)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(from, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(to, from);
        return new UniformShape(from, to);
    }

    /// <summary>A least time and an exponential one on top of it, as queues make; one draw.</summary>
    /// <param name="least">The least time.</param>
    /// <param name="mean">The mean of what comes on top.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time is negative.</exception>
    public static Latency Exponential(TimeSpan least, TimeSpan mean)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(least, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(mean, TimeSpan.Zero);
        return new ExponentialShape(least, mean);
    }

    /// <summary>Mostly one latency, sometimes another: a retransmission, a pause of a collector. One draw more than the one that is chosen.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not between 0 and 1.</exception>
    public static Latency Bimodal(Latency usual, Latency rare, double probabilityOfRare)
    {
        ArgumentNullException.ThrowIfNull(usual);
        ArgumentNullException.ThrowIfNull(rare);
        if (probabilityOfRare is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probabilityOfRare), probabilityOfRare, "a probability is a number from 0 to 1");
        }

        return new BimodalShape(usual, rare, probabilityOfRare);
    }

    private sealed record FixedShape(TimeSpan Time) : Latency
    {
        public override TimeSpan Draw(RandomSource random) => Time;
    }

    private sealed record UniformShape(TimeSpan From, TimeSpan To) : Latency
    {
        public override TimeSpan Draw(RandomSource random) => new(random.Between(From.Ticks, To.Ticks));
    }

    private sealed record ExponentialShape(TimeSpan Least, TimeSpan Mean) : Latency
    {
        // 1 - u is never 0. 53 bits of u bound the result by 37 means.
        public override TimeSpan Draw(RandomSource random) => Least + new TimeSpan((long)(-PortableLogarithm.Of(1 - random.NextDouble()) * Mean.Ticks));
    }

    private sealed record BimodalShape(Latency Usual, Latency Rare, double ProbabilityOfRare) : Latency
    {
        public override TimeSpan Draw(RandomSource random) => random.Chance(ProbabilityOfRare) ? Rare.Draw(random) : Usual.Draw(random);
    }
}
