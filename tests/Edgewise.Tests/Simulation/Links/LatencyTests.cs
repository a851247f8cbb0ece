using Edgewise.Exploration.Randomness;
using Edgewise.Simulation.Links;

namespace Edgewise.Tests.Simulation.Links;

public sealed class LatencyTests
{
    public static TheoryData<string, double> Means => new()
    {
        { "fixed", 7 },
        { "uniform", 20 },
        { "exponential", 15 },
        { "bimodal", (0.9 * 1) + (0.1 * 101) },
    };

    [Theory]
    [MemberData(nameof(Means))]
    public void A_shape_has_the_mean_that_it_says(string shape, double mean)
    {
        Latency latency = shape switch
        {
            "fixed" => Latency.Fixed(Scenario.Milliseconds(7)),
            "uniform" => Latency.Uniform(Scenario.Milliseconds(10), Scenario.Milliseconds(30)),
            "exponential" => Latency.Exponential(Scenario.Milliseconds(5), Scenario.Milliseconds(10)),
            _ => Latency.Bimodal(Latency.Fixed(Scenario.Milliseconds(1)), Latency.Fixed(Scenario.Milliseconds(101)), 0.1),
        };
        var random = new RandomSource(3);

        double drawn = Enumerable.Range(0, 40_000).Average(_ => latency.Draw(random).TotalMilliseconds);

        Assert.InRange(drawn, mean * 0.97, mean * 1.03);
    }

    [Fact]
    public void A_shape_that_makes_no_sense_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Latency.Fixed(Scenario.Milliseconds(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Latency.Uniform(Scenario.Milliseconds(5), Scenario.Milliseconds(5)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Latency.Exponential(Scenario.Milliseconds(1), Scenario.Milliseconds(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Latency.Bimodal(Latency.Fixed(TimeSpan.Zero), Latency.Fixed(TimeSpan.Zero), double.NaN));
    }

    [Fact]
    public void The_portable_logarithm_is_the_logarithm()
    {
        var random = new RandomSource(4);
        for (int i = 0; i < 100_000; i++)
        {
            double value = (1 - random.NextDouble()) * Math.ScaleB(1, random.Below(60) - 50);

            Assert.Equal(Math.Log(value), PortableLogarithm.Of(value), 1e-15 * Math.Max(1, Math.Abs(Math.Log(value))));
        }
    }
}
