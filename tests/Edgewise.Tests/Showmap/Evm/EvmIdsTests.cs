using Edgewise.Showmap;
using Edgewise.Showmap.Evm;
using Edgewise.Showmap.Evm.Words;

namespace Edgewise.Tests.Showmap.Evm;

public sealed class EvmIdsTests
{
    [Fact]
    public void Lines_are_those_of_Foundry()
    {
        EvmCounts counts = new();
        for (int time = 0; time < 3; time++)
        {
            counts.Add(EvmWord.Parse("0x00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"), 100, 42);
        }

        Assert.Equal(["evm_0011223344556677_002a:3"], EvmIds.Lines(counts));
    }

    [Fact]
    public void Lines_are_sorted_by_the_whole_hash_then_by_place_and_places_grow_beyond_four_digits()
    {
        EvmCounts counts = new();
        (EvmWord low, EvmWord high) = (new(1, 0, 0, 0), new(0xf000000000000000, 0, 0, 0));
        counts.Add(high, 0x12345, 0x12345);
        counts.Add(high, 0x12345, 7);
        counts.Add(low, 0x20, 0x1f);
        Assert.Equal(["evm_0000000000000001_001f:1", "evm_f000000000000000_0007:1", "evm_f000000000000000_12345:1"], EvmIds.Lines(counts));
    }

    [Fact]
    public void Two_codes_with_one_id_are_an_error_that_names_both()
    {
        EvmCounts counts = new();
        counts.Add(new(5, 0, 0, 1), 10, 0);
        counts.Add(new(5, 0, 0, 2), 10, 0);
        ShowmapException error = Assert.Throws<ShowmapException>(() => EvmIds.Lines(counts).ToArray());
        Assert.Contains(new EvmWord(5, 0, 0, 1).ToHash()[2..], error.Message, StringComparison.Ordinal);
        Assert.Contains(new EvmWord(5, 0, 0, 2).ToHash()[2..], error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sums_are_those_of_the_parts_whatever_their_order()
    {
        EvmCounts first = new(), second = new(), sum = new(), other = new();
        first.Add(new(1, 0, 0, 0), 10, 3);
        second.Add(new(1, 0, 0, 0), 10, 3);
        second.Add(new(2, 0, 0, 0), 4, 4);
        sum.Add(first);
        sum.Add(second);
        other.Add(second);
        other.Add(first);
        Assert.Equal(["evm_0000000000000001_0003:2", "evm_0000000000000002_0004:1"], EvmIds.Lines(sum));
        Assert.Equal(EvmIds.Lines(sum), EvmIds.Lines(other));
        Assert.True(new EvmCounts().IsEmpty);
    }
}
