using Edgewise.Exploration.Engines;
using Edgewise.Exploration.Engines.Forking;
using Edgewise.Exploration.Journals;
using Edgewise.Exploration.Randomness;
using Edgewise.Exploration.Recipes;

namespace Edgewise.Tests.Exploration.Engines;

public sealed class AnchorTests
{
    [Theory]
    [InlineData(1, "5@1", 1, "5@2", true)]
    [InlineData(1, "3@9 -> 5@1", 1, "3@9 -> 5@2", true)]
    [InlineData(1, "5@1", 2, "5@2", false)]
    [InlineData(1, "5@1", 1, "6@1", false)]
    [InlineData(1, "3@9 -> 5@1", 1, "3@8 -> 5@2", false)]
    [InlineData(1, "5@1", 1, "5@1 -> 5@2", false)]
    [InlineData(1, "", 1, "", false)]
    public void Jobs_share_an_anchor_if_they_are_one_run_up_to_their_last_reseed(ulong seed, string recipe, ulong otherSeed, string otherRecipe, bool isShared)
    {
        Job job = JobOf(seed, recipe);
        Job other = JobOf(otherSeed, otherRecipe);

        Assert.Equal((isShared, isShared), (Anchor.IsShared(job, other), Anchor.IsShared(other, job)));
    }

    [Fact]
    public void A_job_that_looks_for_edges_shares_no_anchor_for_they_may_stand_before_it() =>
        Assert.False(Anchor.IsShared(JobOf(1, "5@1"), JobOf(1, "5@2") with { Marks = new EdgeMark[] { new(1, 1) } }));

    [Theory]
    [InlineData("5@1", "", 5)]
    [InlineData("5@1 -> 7@2 -> 0@3", "5@1 -> 7@2", 12)]
    [InlineData("9223372036854775807@1 -> 1@2", "9223372036854775807@1", long.MaxValue)]
    public void The_way_to_an_anchor_is_the_recipe_without_its_last_step(string recipe, string prefix, long draws)
    {
        (Timeline way, long count) = Anchor.Of(JobOf(3, recipe).Timeline);

        Assert.Equal((new Timeline(3, Recipe.Parse(prefix)), draws), (way, count));
    }

    [Fact]
    public void A_reseed_at_the_anchor_of_a_live_run_is_the_run_of_the_longer_recipe()
    {
        Timeline whole = JobOf(11, "3@5 -> 0@6 -> 4@7").Timeline;
        (Timeline way, long draws) = Anchor.Of(whole);
        var live = new RandomSource(way);
        live.Observe(new ReseedOnce(7), draws);
        var replayed = new RandomSource(whole);

        ulong[] expected = [.. Enumerable.Range(0, 20).Select(_ => replayed.Next())];
        ulong[] actual = [.. Enumerable.Range(0, 20).Select(_ => live.Next())];

        Assert.Equal(expected, actual);
        Assert.Equal((replayed.Segment, replayed.Count, replayed.TotalCount), (live.Segment, live.Count, live.TotalCount));
    }

    [Fact]
    public void An_observer_of_later_draws_is_not_told_of_earlier_ones()
    {
        var random = new RandomSource(new Timeline(1, Recipe.Parse("4@2")));
        var counts = new List<long>();
        random.Observe(new Recorder(counts), 6);

        for (int i = 0; i < 9; i++)
        {
            random.Below(10);
        }

        Assert.Equal([6L, 7, 8], counts);
    }

    [Fact]
    public void A_journal_tells_its_observer_of_each_entry_as_it_stands()
    {
        var journal = new Journal();
        var told = new JournalCopy();
        var random = new RandomSource(1);
        journal.Observe(told);

        journal.Add(DiscoveryKind.FirstReach, 7, 0, random);
        int place = journal.Add(DiscoveryKind.Watermark, 8, 1, random);
        random.Next();
        journal.Improve(place, 5, random);
        journal.Describe(new Description(8, "sometimes", "level", ""));

        Assert.Equal(journal.Discoveries.ToArray(), told.Discoveries);
        Assert.Equal(journal.Descriptions, told.Descriptions);
    }

    private static Job JobOf(ulong seed, string recipe) => new(new Timeline(seed, Recipe.Parse(recipe)));

    private sealed class ReseedOnce(ulong seed) : IDrawObserver
    {
        public void BeforeDraw(RandomSource source, int bound)
        {
            source.Observe(null);
            source.Reseed(seed);
        }
    }

    private sealed class Recorder(List<long> counts) : IDrawObserver
    {
        public void BeforeDraw(RandomSource source, int bound) => counts.Add(source.TotalCount);
    }

    private sealed class JournalCopy : IJournalObserver
    {
        public List<Discovery> Discoveries { get; } = [];

        public List<Description> Descriptions { get; } = [];

        public void Discovered(int place, in Discovery discovery)
        {
            if (place == Discoveries.Count)
            {
                Discoveries.Add(default);
            }

            Discoveries[place] = discovery;
        }

        public void Described(in Description description) => Descriptions.Add(description);
    }
}
