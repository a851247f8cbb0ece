using Edgewise.Exploration.Engines;
using Edgewise.Exploration.Knowledge;
using Edgewise.Exploration.Recipes;
using Edgewise.Exploration.Search;

namespace Edgewise.Tests.Exploration.Search;

public sealed class SeedSearchTests
{
    [Theory]
    [InlineData(true, Guidance.Both)]
    [InlineData(true, Guidance.Properties)]
    [InlineData(false, Guidance.Both)]
    [InlineData(false, Guidance.Edges)]
    public void What_luck_reaches_once_in_a_million_runs_is_found_in_a_few_hundred(bool tells, Guidance guidance)
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            (long runs, Timeline timeline) = FindTop(seed, new FloorGame(6, 10, tells), guidance);

            Assert.InRange(runs, 7, 400);
            Assert.InRange(timeline.Recipe.Length, 1, 7);
        }
    }

    [Fact]
    public void Without_guidance_it_is_not_found()
    {
        var search = new SeedSearch(new FrontierStrategy(1, new FrontierOptions()), new ReplayEngine(new FloorGame(6, 10, tells: false)), new SearchHistory(), 4, Guidance.Properties);

        while (search.Runs < 5000)
        {
            Assert.Null(search.Step(mayBegin: true)!.Value.Result.End.Bug);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_timelines_and_another_seed_gives_others()
    {
        Assert.Equal(Timelines(5, 300), Timelines(5, 300));
        Assert.NotEqual(Timelines(5, 300), Timelines(6, 300));
    }

    [Fact]
    public void An_edge_is_gone_on_from_at_the_draw_behind_which_it_was_taken()
    {
        // A floor is entered right behind a draw: who has taken n + 1 edges took the last of them behind draw n.
        var game = new FloorGame(6, 10, tells: false);
        var search = new SeedSearch(new FrontierStrategy(1, new FrontierOptions()), new ReplayEngine(game), new SearchHistory(), 1);
        var children = new List<Timeline>();
        while (search.Runs < 200)
        {
            children.Add(search.Step(mayBegin: true)!.Value.Timeline);
        }

        var engine = new ReplayEngine(game);
        foreach (Timeline child in children.Where(child => child.Recipe.Length > 1))
        {
            int steps = child.Recipe.Length;
            engine.Submit(new Job(child with { Recipe = Recipe.Of(child.Recipe.Steps[..(steps - 1)]) }));
            int taken = engine.Take().Counters.ToArray().Count(counter => counter != 0);

            // Behind the draw that decided of the floor, or right before it.
            Assert.InRange(taken - child.Recipe.DrawsBefore(steps), 1, 2);
        }

        Assert.InRange(search.Locations, 1, 7);
    }

    private static (long Runs, Timeline Timeline) FindTop(ulong seed, FloorGame game, Guidance guidance)
    {
        var search = new SeedSearch(new FrontierStrategy(seed, new FrontierOptions()), new ReplayEngine(game), new SearchHistory(), 4, guidance);
        while (search.Runs < 5000)
        {
            (Timeline timeline, TimelineResult result, _) = search.Step(mayBegin: true)!.Value;
            if (result.End.Bug is not null)
            {
                return (search.Runs, timeline);
            }
        }

        return (search.Runs, default);
    }

    private static List<Timeline> Timelines(ulong seed, int runs)
    {
        var search = new SeedSearch(new FrontierStrategy(seed, new FrontierOptions()), new ReplayEngine(new FloorGame(6, 10)), new SearchHistory(), 4);
        var timelines = new List<Timeline>();
        while (search.Runs < runs)
        {
            timelines.Add(search.Step(mayBegin: true)!.Value.Timeline);
        }

        return timelines;
    }
}
