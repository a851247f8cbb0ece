using Edgewise.Exploration.Randomness;
using Edgewise.Exploration.Recipes;

namespace Edgewise.Tests.Exploration.Randomness;

public sealed class RandomSourceTests
{
    [Fact]
    public void Draws_are_those_of_the_published_algorithm()
    {
        // The first outputs of SplitMix64 as its authors' C code prints them.
        var zero = new RandomSource(0);
        Assert.Equal([0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F, 0xF88BB8A8724C81EC], Draw(zero, 4));

        var other = new RandomSource(1234567);
        Assert.Equal([6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL], Draw(other, 3));
    }

    [Fact]
    public void A_reseed_stands_after_as_many_draws_of_its_segment_as_the_recipe_says()
    {
        var random = new RandomSource(new Timeline(1, Recipe.Parse("2@5 -> 3@9")));

        ulong[] drawn = Draw(random, 7);

        Assert.Equal([.. Draw(new RandomSource(1), 2), .. Draw(new RandomSource(5), 3), .. Draw(new RandomSource(9), 2)], drawn);
        Assert.Equal((2L, 7L, 2), (random.Count, random.TotalCount, random.Segment));
    }

    [Fact]
    public void A_count_of_zero_reseeds_before_the_first_draw_and_the_last_of_several_wins()
    {
        var random = new RandomSource(new Timeline(1, Recipe.Parse("0@5 -> 0@6 -> 1@7")));

        Assert.Equal([.. Draw(new RandomSource(6), 1), .. Draw(new RandomSource(7), 2)], Draw(random, 3));
        Assert.Equal(3, random.Segment);
    }

    [Fact]
    public void A_reseed_that_is_not_reached_does_not_happen()
    {
        var random = new RandomSource(new Timeline(1, Recipe.Parse("4@5")));

        Draw(random, 4);

        Assert.Equal(0, random.Segment);
    }

    [Fact]
    public void An_observer_sees_each_draw_once_and_may_reseed_there()
    {
        var random = new RandomSource(new Timeline(3, Recipe.Parse("2@8")));
        var seen = new List<(long Count, int Segment, int Bound)>();
        random.Observe(new Watcher((source, bound) => seen.Add((source.Count, source.Segment, bound))));

        random.Next();
        random.Below(6);
        random.Next();
        random.Below(9);

        Assert.Equal([(0, 0, 0), (1, 0, 6), (0, 1, 0), (1, 1, 9)], seen);

        random.Observe(new Watcher((source, _) =>
        {
            source.Observe(null);
            source.Reseed(5);
        }));
        Assert.Equal(Draw(new RandomSource(5), 3), Draw(random, 3));
    }

    [Fact]
    public void An_observer_can_be_spared_the_draws_before_a_count()
    {
        var random = new RandomSource(3);
        var seen = new List<long>();
        random.Observe(new Watcher((source, _) => seen.Add(source.TotalCount)), 3);

        Draw(random, 5);

        Assert.Equal([3L, 4L], seen);
    }

    [Fact]
    public void Numbers_below_a_bound_are_evenly_spread_and_use_one_draw_each()
    {
        var random = new RandomSource(42);
        int[] counts = new int[7];
        for (int i = 0; i < 70_000; i++)
        {
            counts[random.Below(7)]++;
        }

        Assert.All(counts, count => Assert.InRange(count, 9_500, 10_500));
        Assert.Equal(70_000, random.TotalCount);
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Below(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Between(4, 4));
    }

    [Fact]
    public void Mixing_is_undone_by_unmixing()
    {
        var random = new RandomSource(9);
        for (int i = 0; i < 10_000; i++)
        {
            ulong value = random.Next();
            Assert.Equal(value, SeedMixing.Unmix(SeedMixing.Mix(value)));
        }
    }

    [Fact]
    public void Each_bit_of_each_number_that_is_mixed_changes_half_of_the_seed()
    {
        ulong[] parts = [1, 2, 3, 4];
        ulong before = MixAll(parts);
        double changed = 0;
        foreach (int part in Enumerable.Range(0, parts.Length))
        {
            for (int bit = 0; bit < 64; bit++)
            {
                ulong[] other = [.. parts];
                other[part] ^= 1UL << bit;
                changed += ulong.PopCount(before ^ MixAll(other));
            }
        }

        Assert.InRange(changed / (parts.Length * 64), 30, 34);

        static ulong MixAll(ulong[] parts) => parts.Aggregate(0UL, SeedMixing.Mix);
    }

    private static ulong[] Draw(RandomSource random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.Next())];

    private sealed class Watcher(Action<RandomSource, int> look) : IDrawObserver
    {
        public void BeforeDraw(RandomSource source, int bound) => look(source, bound);
    }
}
