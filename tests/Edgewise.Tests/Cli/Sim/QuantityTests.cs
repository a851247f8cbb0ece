using Edgewise.Cli.Options;

namespace Edgewise.Tests.Cli.Sim;

public sealed class QuantityTests
{
    [Theory]
    [InlineData("30s", 30_000)]
    [InlineData("1.5m", 90_000)]
    [InlineData("2h", 7_200_000)]
    [InlineData("250ms", 250)]
    [InlineData("10", 10_000)]
    public void A_time_has_a_unit_and_is_one_of_seconds_without(string text, int milliseconds)
    {
        Reading<TimeSpan> reading = Quantities.Time("--time", text);

        Assert.Empty(reading.Errors);
        Assert.Equal(milliseconds, reading.Value.TotalMilliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("0")]
    [InlineData("-3s")]
    [InlineData("1e99s")]
    [InlineData("9999999999h")]
    [InlineData("soon")]
    public void What_is_no_time_is_named(string text) =>
        Assert.Equal($"--time: '{text}' is no length of time; expected a number more than 0 with ms, s, m or h behind it, as in 30s", Assert.Single(Quantities.Time("--time", text).Errors));

    [Theory]
    [InlineData("512M", 512L << 20)]
    [InlineData("3G", 3L << 30)]
    [InlineData("4096", 4096)]
    public void A_size_has_a_unit_and_is_one_of_bytes_without(string text, long bytes) => Assert.Equal(bytes, Quantities.Size("--memory", text).Value);

    [Theory]
    [InlineData("0")]
    [InlineData("M")]
    [InlineData("9223372036854775807G")]
    [InlineData("1.5G")]
    public void What_is_no_size_is_named(string text) => Assert.Contains($"'{text}' is no size", Assert.Single(Quantities.Size("--memory", text).Errors), StringComparison.Ordinal);

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("2147483648")]
    [InlineData("1,000")]
    public void What_is_no_count_is_named_with_its_range(string text) =>
        Assert.Equal($"--runs: '{text}' is no whole number from 1 to {int.MaxValue}", Assert.Single(Quantities.Count("--runs", text, int.MaxValue).Errors));

    [Fact]
    public void A_seed_may_have_all_its_64_bits()
    {
        Assert.Equal(ulong.MaxValue, Quantities.Seed("--seed", "18446744073709551615").Value);
        Assert.Contains("is no seed", Assert.Single(Quantities.Seed("--seed", "18446744073709551616").Errors), StringComparison.Ordinal);
    }
}
