using Edgewise.Fuzzing.Scheduling;

namespace Edgewise.Tests.Fuzzing;

public sealed class FixedLogarithmTests
{
    [Fact]
    public void It_is_the_logarithm_to_sixteen_bits()
    {
        foreach (ulong value in Enumerable.Range(1, 10_000).Select(value => (ulong)value).Concat(Enumerable.Range(14, 50).Select(bit => (1UL << bit) + 12_345)))
        {
            Assert.InRange((Math.Log2(value) * 65536) - FixedLogarithm.Log2(value), -0.01, 1.5);
        }
    }

    [Fact]
    public void It_never_falls()
    {
        uint last = 0;
        for (ulong value = 1; value < 20_000; value++)
        {
            Assert.True(FixedLogarithm.Log2(value) >= last);
            last = FixedLogarithm.Log2(value);
        }
    }
}
