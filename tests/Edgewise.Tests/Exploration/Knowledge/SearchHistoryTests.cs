using Edgewise.Exploration;
using Edgewise.Exploration.Engines;
using Edgewise.Exploration.Journals;
using Edgewise.Exploration.Knowledge;

namespace Edgewise.Tests.Exploration.Knowledge;

public sealed class SearchHistoryTests
{
    [Fact]
    public void A_state_is_new_once_and_again_when_it_is_better()
    {
        var history = new SearchHistory();

        Assert.Equal(DiscoveryKind.NewKey, Assert.Single(history.Absorb(Result([], Key(1, 5))).Discoveries).Kind);
        Assert.Empty(history.Absorb(Result([], Key(1, 5))).Discoveries);
        Assert.Empty(history.Absorb(Result([], Key(1, 4))).Discoveries);
        Assert.Equal(DiscoveryKind.BetterQuality, Assert.Single(history.Absorb(Result([], Key(1, 6))).Discoveries).Kind);
        Assert.Equal(1, history.StateCount);
    }

    [Fact]
    public void Discoveries_come_in_the_order_of_their_draws()
    {
        var late = new Discovery(DiscoveryKind.FirstTrue, 1, 0, 2, 3);
        var early = new Discovery(DiscoveryKind.FirstTrue, 2, 0, 1, 9);

        Assert.Equal([early, late], new SearchHistory().Absorb(Result([], late, early)).Discoveries);
    }

    [Fact]
    public void An_edge_is_new_at_its_first_hit_and_in_each_class_of_hits()
    {
        var history = new SearchHistory();

        Assert.Equal([new EdgeMark(1, 1), new EdgeMark(3, 1)], history.Absorb(Result([0, 1, 0, 200])).Edges);
        Assert.Empty(history.Absorb(Result([0, 1, 0, 130])).Edges);
        Assert.Equal([new EdgeMark(1, 4), new EdgeMark(2, 1)], history.Absorb(Result([0, 3, 1, 0])).Edges);
        Assert.Equal((4, 3), (history.EdgeCount, history.CoveredEdgeCount));
    }

    [Fact]
    public void A_masked_point_is_never_new_and_more_points_may_come()
    {
        var history = new SearchHistory();
        history.MaskEdge(2);

        Assert.Empty(history.Absorb(Result([0, 0, 7])).Edges);
        Assert.Equal([new EdgeMark(4, 1)], history.Absorb(Result([0, 0, 1, 0, 1])).Edges);
        Assert.Equal((5, 1), (history.EdgeCount, history.MaskedEdgeCount));
    }

    private static Discovery Key(ulong state, long value) => new(DiscoveryKind.NewKey, state, value, 0, 0);

    private static TimelineResult Result(byte[] counters, params Discovery[] discoveries) => new()
    {
        End = TimelineEnd.Good,
        Discoveries = discoveries,
        Tallies = [],
        Descriptions = [],
        Counters = counters,
        Draws = 0,
        Segments = 0,
    };
}
