using Edgewise.Exploration.Engines;
using Edgewise.Exploration.Knowledge;

namespace Edgewise.Exploration.Search;

/// <summary>
/// The usual strategy: states that runs discovered, a few exemplars of each, and children that go on from where a state was found.
/// </summary>
/// <remarks>
/// A state is chosen in one of four ways: the deepest one that is not barren, since progress is mostly one step behind progress (the newest ones, where all
/// are barren); one of those that led there, nearest first, where that one is a dead end; one of each family in turn, since a property with few states may
/// matter more than one with thousands; and the least visited one. Each way has its turns by what it brings, and a least
/// share, so that nothing starves, however many states a way that leads nowhere may have. All choices follow from results in the order of jobs.
/// </remarks>
public sealed class FrontierStrategy : ISearchStrategy
{
    // The ways of choosing a state.
    private const int Deepest = 0;
    private const int Ancestors = 1;
    private const int Families = 2;
    private const int LeastVisitedWay = 3;
    private const int Ways = 4;

    private readonly ulong _rootSeed;
    private readonly FrontierOptions _options;
    private readonly Frontier _frontier;
    private readonly LubyPasses _newest = new();
    private readonly LubyPasses _ancestors = new();
    private readonly Shares _shares;
    private uint _nextFamily;
    private bool _rootRan;

    /// <summary>Begins a search at a root seed.</summary>
    public FrontierStrategy(ulong rootSeed, FrontierOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _rootSeed = rootSeed;
        _options = options;
        _shares = new Shares(Ways, options.LeastShare);
        _frontier = new Frontier(rootSeed, options.BarrenAfter);
    }

    /// <inheritdoc/>
    public string Name => "frontier";

    /// <summary>Number of states, the root not counted.</summary>
    public int StateCount => _frontier.States.Count - 1;

    /// <summary>Number of states that have had enough children in a row without a discovery.</summary>
    public int BarrenStateCount => _frontier.States.Skip(1).Count(state => state.Barren >= _options.BarrenAfter);

    /// <summary>Number of states on the longest way from the root.</summary>
    public int Depth => _frontier.Depth;

    /// <inheritdoc/>
    public SearchJob? Next()
    {
        if (!_rootRan)
        {
            _rootRan = true;
            return new SearchJob(_frontier.Root.Exemplar.Timeline, [], (_frontier.Root, LeastVisitedWay));
        }

        (SearchState state, int way) = Choose();
        Exemplar exemplar = state.Next();
        if (exemplar.Marks.Count > 0)
        {
            var location = new SearchJob(exemplar.Timeline, exemplar.Marks, state);
            exemplar.Marks = [];
            exemplar.IsWaiting = true;
            return location;
        }

        ulong seed = ChildSeeds.Of(_rootSeed, exemplar.SegmentSeed, exemplar.Count, state.Id, state.Children);
        state.Children++;
        state.Barren++;
        return new SearchJob(exemplar.Child(seed), [], (state, way));
    }

    /// <inheritdoc/>
    public void Absorb(SearchJob job, TimelineResult result, Novelties novelties)
    {
        if (job.IsLocation)
        {
            Frontier.PlaceAnchor((SearchState)job.Purpose!, job.Timeline, result);
            return;
        }

        (SearchState parent, int way) = ((SearchState, int))job.Purpose!;
        bool hasFound = _frontier.Absorb(job.Timeline, parent, result, novelties);
        _shares.Add(way, hasFound);
        if (hasFound)
        {
            parent.Barren = 0;
        }
    }

    private (SearchState State, int Way) Choose()
    {
        IReadOnlyList<SearchState> states = _frontier.States;
        SearchState? deepest = DeepestFertile();
        int way = _shares.Next();
        SearchState? state = way switch
        {
            Deepest => deepest ?? states[states.Count - 1 - (_newest.Next() % states.Count)],
            Ancestors => AncestorOf(deepest ?? states[states.Count - 1], _ancestors.Next() + 1),
            Families => _frontier.Families[(int)(_nextFamily++ % (uint)_frontier.Families.Count)].Choose(_options.BarrenAfter),
            _ => null,
        };
        return state is { Exemplar.IsWaiting: false } ? (state, way) : (LeastVisited(), LeastVisitedWay);
    }

    // Of equally deep states, the newest.
    private SearchState? DeepestFertile()
    {
        SearchState? deepest = null;
        for (int i = _frontier.States.Count - 1; i > 0; i--)
        {
            SearchState state = _frontier.States[i];
            if (state.Barren < _options.BarrenAfter && !state.Exemplar.IsWaiting && (deepest is null || state.Depth > deepest.Depth))
            {
                deepest = state;
            }
        }

        return deepest;
    }

    private static SearchState AncestorOf(SearchState state, int generations)
    {
        while (generations > 0 && state.Parent is { } parent)
        {
            state = parent;
            generations--;
        }

        return state;
    }

    private SearchState LeastVisited()
    {
        SearchState least = _frontier.Root;
        foreach (SearchState state in _frontier.States)
        {
            if (state.Barren <= least.Barren && !state.Exemplar.IsWaiting)
            {
                least = state;
            }
        }

        return least;
    }
}
