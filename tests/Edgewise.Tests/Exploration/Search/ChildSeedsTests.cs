using Edgewise.Exploration.Randomness;
using Edgewise.Exploration.Search;

namespace Edgewise.Tests.Exploration.Search;

public sealed class ChildSeedsTests
{
    [Fact]
    public void A_seed_can_be_made_for_any_first_draw()
    {
        var random = new RandomSource(3);
        for (int i = 0; i < 1000; i++)
        {
            ulong draw = random.Next();
            Assert.Equal(draw, new RandomSource(ChildSeeds.SeedOfFirstDraw(draw)).Next());
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(20)]
    [InlineData(100)]
    public void Some_child_of_twice_as_many_falls_into_every_part_of_the_range(int parts)
    {
        var seen = new HashSet<int>();
        for (int index = 0; index < 2 * parts; index++)
        {
            seen.Add(new RandomSource(ChildSeeds.Of(1, 2, 3, 4, index)).Below(parts));
        }

        Assert.Equal(parts, seen.Count);
    }

    [Fact]
    public void The_two_ends_of_the_range_come_first()
    {
        Assert.InRange(new RandomSource(ChildSeeds.Of(1, 2, 3, 4, 0)).NextDouble(), 0, 0.0001);
        Assert.InRange(new RandomSource(ChildSeeds.Of(1, 2, 3, 4, 1)).NextDouble(), 0.9999, 1);
    }

    [Fact]
    public void Later_draws_of_siblings_and_of_other_root_seeds_have_nothing_in_common()
    {
        var seconds = new HashSet<ulong>();
        for (ulong rootSeed = 0; rootSeed < 20; rootSeed++)
        {
            for (int index = 0; index < 50; index++)
            {
                var random = new RandomSource(ChildSeeds.Of(rootSeed, 2, 3, 4, index));
                random.Next();
                seconds.Add(random.Next());
            }
        }

        Assert.Equal(1000, seconds.Count);
        Assert.InRange(seconds.Average(draw => (double)(draw >> 63)), 0.42, 0.58);
    }

    [Fact]
    public void A_seed_may_share_its_first_draw_with_another_and_nothing_else()
    {
        ulong seed = ChildSeeds.WithFirstDrawOf(77, 5);
        var (shared, random) = (new RandomSource(77), new RandomSource(seed));

        Assert.Equal(shared.Next() >> 48, random.Next() >> 48);
        Assert.NotEqual(shared.Next() >> 48, random.Next() >> 48);
    }
}
