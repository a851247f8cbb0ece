using System.Numerics;
using Edgewise.Runtime;

namespace Edgewise.Tests.Runtime;

/// <summary>The bits that comparisons set, worked out from libFuzzer's rules.</summary>
[Collection(nameof(ValueProfile))]
public sealed unsafe class ValueProfileTests
{
    [Fact]
    public void Equal_values_set_the_bits_of_no_difference() => Assert.Equal([3 * 128, (3 * 128) + 64], After(() => ValueProfile.TraceCmp4(7, 7, 3)));

    [Fact]
    public void Values_set_a_bit_by_the_bits_that_differ_and_one_by_their_distance() =>
        Assert.Equal([(3 * 128) + 3, (3 * 128) + 64 + 62], After(() => ValueProfile.TraceCmp8(0b1001, 0b0010, 3)));

    [Fact]
    public void Narrow_differences_have_a_sign_as_in_C()
    {
        Assert.Equal([(3 * 128) + 1, (3 * 128) + 64 + 1], After(() => ValueProfile.TraceConstCmp1(4, 5, 3)));
        Assert.Equal([(3 * 128) + 1, (3 * 128) + 64 + 33], After(() => ValueProfile.TraceConstCmp4(4, 5, 3)));
    }

    [Fact]
    public void Sites_wrap_around() => Assert.Equal([3 * 128, (3 * 128) + 64], After(() => ValueProfile.TraceCmp2(1, 1, 3 + 512)));

    [Fact]
    public void A_switch_is_compared_with_its_neighbours()
    {
        ulong[] cases = [3, 32, 300, 400, 500];
        int[] bits = After(() =>
        {
            fixed (ulong* first = cases)
            {
                ValueProfile.TraceSwitch(410, first, 10);
            }
        });

        Assert.Equal(Bits(14, 410, 400).Concat(Bits(15, 410, 500)).Order(), bits);
    }

    [Fact]
    public void A_switch_of_small_numbers_sets_nothing()
    {
        ulong[] cases = [2, 32, 5, 200];
        Assert.Empty(After(() =>
        {
            fixed (ulong* first = cases)
            {
                ValueProfile.TraceSwitch(410, first, 10);
            }
        }));
    }

    [Fact]
    public void Divisors_and_indices_are_compared_with_zero()
    {
        Assert.Equal(Bits(5, 12, 0), After(() => ValueProfile.TraceDiv4(12, 5)));
        Assert.Equal(Bits(5, 12, 0), After(() => ValueProfile.TraceDiv8(12, 5)));
        Assert.Equal(Bits(5, 12, 0), After(() => ValueProfile.TraceGep(12, 5)));
    }

    [Theory]
    [InlineData("abc", "abd", 7 + (2 << 12) + 3)]
    [InlineData("abc", "ab", 7 + (2 << 12))]
    [InlineData("xbc", "ybc", 7 + 1)]
    [InlineData("", "ybc", 7)]
    public void Strings_set_a_bit_by_their_common_prefix(string left, string right, int bit) => Assert.Equal([bit], After(() =>
    {
        fixed (char* a = left, b = right)
        {
            ValueProfile.TraceCompareChars(a, left.Length, b, right.Length, 7);
        }
    }));

    private static IEnumerable<int> Bits(int site, uint left, uint right) =>
        [(site * 128) + BitOperations.PopCount(left ^ right), (site * 128) + 65 + BitOperations.LeadingZeroCount((ulong)(left - right))];

    private static int[] After(Action compare)
    {
        ValueProfile.Reset();
        compare();
        int[] bits = [.. Enumerable.Range(0, ValueProfile.Size).Where(bit => (ValueProfile.Bits[bit / 8] >> (bit % 8) & 1) != 0)];
        Assert.Equal(bits.Length, ValueProfile.Count);
        return bits;
    }
}
