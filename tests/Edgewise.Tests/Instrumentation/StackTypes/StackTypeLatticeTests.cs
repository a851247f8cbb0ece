using Edgewise.Instrumentation.Flow.StackTypes;

namespace Edgewise.Tests.Instrumentation.StackTypes;

public sealed class StackTypeLatticeTests
{
    private static readonly StackType[] Types = [.. Enum.GetValues<StackType>().Where(type => type != StackType.None)];

    // Least and greatest value of the integers that become 32 bits on the stack.
    private static readonly Dictionary<StackType, (long Least, long Greatest)> Ranges = new()
    {
        [StackType.Boolean] = (0, 1),
        [StackType.Byte] = (0, byte.MaxValue),
        [StackType.SByte] = (sbyte.MinValue, sbyte.MaxValue),
        [StackType.Char] = (0, char.MaxValue),
        [StackType.UInt16] = (0, ushort.MaxValue),
        [StackType.Int16] = (short.MinValue, short.MaxValue),
    };

    [Fact]
    public void Joining_does_not_depend_on_the_order_and_never_goes_down()
    {
        foreach (StackType a in Types)
        {
            Assert.Equal(a, StackTypeLattice.Join(a, a));
            foreach (StackType b in Types)
            {
                StackType joined = StackTypeLattice.Join(a, b);
                Assert.Equal(joined, StackTypeLattice.Join(b, a));
                Assert.Equal(joined, StackTypeLattice.Join(joined, a));
                Assert.Equal(joined, StackTypeLattice.Join(joined, b));
                Assert.All(Types, c => Assert.Equal(
                    StackTypeLattice.Join(joined, c), StackTypeLattice.Join(a, StackTypeLattice.Join(b, c))));
            }
        }
    }

    [Fact]
    public void The_members_are_in_an_order_in_which_a_join_comes_after_what_was_joined()
    {
        Assert.All(Types, a => Assert.All(Types, b => Assert.True(StackTypeLattice.Join(a, b) >= (a > b ? a : b))));
    }

    [Fact]
    public void A_joined_integer_holds_the_values_of_both_unless_it_is_as_wide_as_its_kind()
    {
        foreach ((StackType a, (long Least, long Greatest) first) in Ranges)
        {
            foreach ((StackType b, (long Least, long Greatest) second) in Ranges)
            {
                StackType joined = StackTypeLattice.Join(a, b);
                (long least, long greatest) = Ranges.GetValueOrDefault(joined, (int.MinValue, int.MaxValue));
                Assert.Equal(StackKind.I4, joined.Kind());
                Assert.True(least <= Math.Min(first.Least, second.Least) && greatest >= Math.Max(first.Greatest, second.Greatest), $"{a}, {b}: {joined}");
            }
        }
    }

    [Theory]
    [InlineData(nameof(StackType.Byte), nameof(StackType.SByte), nameof(StackType.Int16))]
    [InlineData(nameof(StackType.Byte), nameof(StackType.Char), nameof(StackType.Char))]
    [InlineData(nameof(StackType.Char), nameof(StackType.UInt16), nameof(StackType.UInt16))]
    [InlineData(nameof(StackType.UInt16), nameof(StackType.Int16), nameof(StackType.Int32))]
    [InlineData(nameof(StackType.Int32), nameof(StackType.Int64), nameof(StackType.Unknown))]
    [InlineData(nameof(StackType.Int32), nameof(StackType.UIntPtr), nameof(StackType.IntPtr))]
    [InlineData(nameof(StackType.UIntPtr), nameof(StackType.ManagedPointer), nameof(StackType.ManagedPointer))]
    [InlineData(nameof(StackType.Single), nameof(StackType.Double), nameof(StackType.Double))]
    [InlineData(nameof(StackType.Unresolved), nameof(StackType.Byte), nameof(StackType.Int32))]
    [InlineData(nameof(StackType.Unresolved), nameof(StackType.UInt64), nameof(StackType.Int64))]
    [InlineData(nameof(StackType.Object), nameof(StackType.Int32), nameof(StackType.Unknown))]
    [InlineData(nameof(StackType.ValueType), nameof(StackType.Object), nameof(StackType.Unknown))]
    [InlineData(nameof(StackType.GenericParameter), nameof(StackType.Object), nameof(StackType.Unknown))]
    public void Two_types_become_the_first_that_holds_both(string a, string b, string joined) =>
        Assert.Equal(joined, StackTypeLattice.Join(Enum.Parse<StackType>(a), Enum.Parse<StackType>(b)).ToString());
}
