using Edgewise.Exploration;
using Edgewise.Exploration.Bugs;
using Edgewise.Exploration.Engines;
using Edgewise.Exploration.Knowledge;
using Edgewise.Exploration.Recipes;
using Edgewise.Exploration.Search;

namespace Edgewise.Tests.Exploration.Bugs;

public sealed class RecipeShortenerTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(500)]
    public void No_step_can_be_dropped_or_merged_any_more(int tries)
    {
        for (ulong seed = 1; seed <= 10; seed++)
        {
            var engine = new ReplayEngine(new FloorGame(6, 10));
            (Timeline found, Bug bug) = FindTop(seed, engine);

            Timeline shortened = new RecipeShortener(engine, tries).Shorten(found, bug);

            Assert.True(Shows(engine, shortened));
            for (int step = 0; step < shortened.Recipe.Length; step++)
            {
                Assert.False(Shows(engine, shortened with { Recipe = RecipeShortener.Drop(shortened.Recipe, step) }));
                Assert.True(step + 1 == shortened.Recipe.Length || !Shows(engine, shortened with { Recipe = RecipeShortener.Merge(shortened.Recipe, step) }));
            }
        }
    }

    [Fact]
    public void Shortcuts_make_it_shorter_than_dropping_steps_does()
    {
        var engine = new ReplayEngine(new FloorGame(8, 6));
        (Timeline found, Bug bug) = FindTop(3, engine);

        int dropped = new RecipeShortener(engine, 0).Shorten(found, bug).Recipe.Length;
        int searched = new RecipeShortener(engine, 2000).Shorten(found, bug).Recipe.Length;

        Assert.InRange(searched, 1, dropped - 2);
    }

    [Fact]
    public void Steps_that_the_run_does_not_reach_go()
    {
        var engine = new ReplayEngine(new FloorGame(3, 4));
        (Timeline found, Bug bug) = FindTop(1, engine);
        Timeline longer = found with { Recipe = found.Recipe.Then(found.Recipe.Length, new Reseed(500, 9)) };

        Timeline shortened = new RecipeShortener(engine, 0).Shorten(longer, bug);

        Assert.InRange(shortened.Recipe.Length, 0, found.Recipe.Length);
        Assert.True(Shows(engine, shortened));
    }

    [Fact]
    public void A_dropped_step_leaves_the_next_one_at_its_draw()
    {
        var recipe = Recipe.Parse("5@1 -> 6@2 -> 7@3");

        Assert.Equal("5@1 -> 13@3", RecipeShortener.Drop(recipe, 1).ToString());
        Assert.Equal("5@1 -> 6@2", RecipeShortener.Drop(recipe, 2).ToString());
        Assert.Equal("5@1 -> 6@3", RecipeShortener.Merge(recipe, 1).ToString());
        Assert.Equal(recipe, RecipeShortener.Merge(recipe, 2));
    }

    private static bool Shows(ReplayEngine engine, Timeline timeline)
    {
        engine.Submit(new Job(timeline));
        return engine.Take().End.Bug is not null;
    }

    private static (Timeline Timeline, Bug Bug) FindTop(ulong seed, ReplayEngine engine)
    {
        var search = new SeedSearch(new FrontierStrategy(seed, new FrontierOptions()), engine, new SearchHistory(), 4);
        while (search.Runs < 10_000)
        {
            (Timeline timeline, TimelineResult result, _) = search.Step(mayBegin: true)!.Value;
            if (result.End.Bug is not null)
            {
                var bugs = new BugRegistry();
                bugs.Add(timeline, result.End, search.Runs);
                while (search.Step(mayBegin: false) is not null)
                {
                    // What is in flight comes back, so that the engine is free.
                }

                return (timeline, bugs.Bugs[0]);
            }
        }

        throw new InvalidOperationException("not found");
    }
}
