using Edgewise.Exploration.Search;

namespace Edgewise.Tests.Exploration.Search;

public sealed class LubyPassesTests
{
    [Fact]
    public void Passes_have_the_lengths_of_lubys_sequence()
    {
        var passes = new LubyPasses();

        // 1, 1, 2, 1, 1, 2, 4, 1
        Assert.Equal([0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 2, 3, 0], Enumerable.Range(0, 13).Select(_ => passes.Next()));
    }

    [Fact]
    public void An_item_gets_a_share_near_one_over_its_place()
    {
        var passes = new LubyPasses();
        int[] counts = new int[1 << 16];
        for (int i = 0; i < 100_000; i++)
        {
            counts[passes.Next()]++;
        }

        Assert.InRange((double)counts[0] / counts[15], 8, 32);
        Assert.InRange((double)counts[15] / counts[255], 8, 32);
    }
}
