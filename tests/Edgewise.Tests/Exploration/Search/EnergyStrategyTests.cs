using Edgewise.Exploration.Engines;
using Edgewise.Exploration.Knowledge;
using Edgewise.Exploration.Search;

namespace Edgewise.Tests.Exploration.Search;

public sealed class EnergyStrategyTests
{
    private static readonly EnergyOptions Small = new() { Global = 150, Depth = 8, Batch = 4, Least = 4, Most = 20, PerMark = 15 };

    [Fact]
    public void Properties_alone_make_a_batch_productive()
    {
        // Where moonpool 0.8 merged discoveries before it asked whether a batch had new ones, this was always barren.
        int found = 0;
        for (ulong seed = 1; seed <= 20; seed++)
        {
            found += Search(seed, new FloorGame(4, 4), Small).FoundTop ? 1 : 0;
        }

        Assert.InRange(found, 15, 20);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(50)]
    public void No_more_children_run_than_there_is_energy(long energy)
    {
        (long runs, EnergyStrategy strategy, _) = Search(1, new FloorGame(6, 2), Small with { Global = energy });

        Assert.InRange(runs, 2, energy + 1);
        Assert.Equal(energy - (runs - 1), strategy.EnergyLeft);
        Assert.InRange(strategy.PoolLeft, 0, 15 * 6);
    }

    [Fact]
    public void A_mark_has_its_energy_once_and_a_barren_one_leaves_the_rest_to_the_pool()
    {
        // One mark only: after it is barren nothing else can split.
        (long runs, EnergyStrategy strategy, _) = Search(1, new FloorGame(1, 1_000_000), Small with { PerMark = 100 });

        Assert.Equal(1 + 4, runs);
        Assert.Equal(96, strategy.PoolLeft);
    }

    [Fact]
    public void Fixed_splits_have_as_many_children_as_was_said()
    {
        (long runs, _, _) = Search(1, new FloorGame(1, 1_000_000), Small with { Fixed = 7 });

        Assert.Equal(1 + 7, runs);
    }

    [Fact]
    public void A_depth_of_nothing_splits_nothing()
    {
        Assert.Equal(1, Search(1, new FloorGame(6, 2), Small with { Depth = 0 }).Runs);
    }

    private static (long Runs, EnergyStrategy Strategy, bool FoundTop) Search(ulong seed, FloorGame game, EnergyOptions options)
    {
        var strategy = new EnergyStrategy(seed, options, isWarm: false);
        var search = new SeedSearch(strategy, new ReplayEngine(game), new SearchHistory(), 4, Guidance.Properties);
        bool found = false;
        while (search.Step(mayBegin: true) is { } step)
        {
            found |= step.Result.End.Bug is not null;
        }

        return (search.Runs, strategy, found);
    }
}
