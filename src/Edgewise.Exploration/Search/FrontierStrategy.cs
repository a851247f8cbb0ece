using Edgewise.Exploration.Engines;
using Edgewise.Exploration.Journals;
using Edgewise.Exploration.Knowledge;
using Edgewise.Exploration.Recipes;

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
    /// <summary>A way to a state that is this much shorter makes it worth as many children as a new one: more of a run is left behind it.</summary>
    private const double MuchShorter = 0.75;

    private const int MostAlternates = 3;

    private const int PatienceWithBest = 20;

    // The ways of choosing a state.
    private const int Deepest = 0;
    private const int Ancestors = 1;
    private const int Families = 2;
    private const int LeastVisitedWay = 3;
    private const int Ways = 4;

    private readonly ulong _rootSeed;
    private readonly FrontierOptions _options;
    private readonly SearchState _root;
    private readonly Dictionary<ulong, SearchState> _byId = [];
    // In the order in which they were found, or found better; the root first.
    private readonly List<SearchState> _states = [];
    private readonly Dictionary<ulong, StateFamily> _familyById = [];
    private readonly List<StateFamily> _families = [];
    private readonly LubyPasses _newest = new();
    private readonly LubyPasses _ancestors = new();
    private readonly Shares _shares;
    private int _nextFamily;
    private bool _rootRan;

    /// <summary>Begins a search at a root seed.</summary>
    public FrontierStrategy(ulong rootSeed, FrontierOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _rootSeed = rootSeed;
        _options = options;
        _shares = new Shares(Ways, options.LeastShare);
        _root = new SearchState
        {
            Id = 0,
            Kind = DiscoveryKind.FirstReach,
            Exemplar = new Exemplar { Timeline = new Timeline(rootSeed, Recipe.Empty) },
        };
        _states.Add(_root);
        FamilyOf(0).Add(_root);
    }

    /// <inheritdoc/>
    public string Name => "frontier";

    /// <summary>Number of states, the root not counted.</summary>
    public int StateCount => _states.Count - 1;

    /// <summary>Number of states that have had enough children in a row without a discovery.</summary>
    public int BarrenStateCount => _states.Skip(1).Count(state => state.Barren >= _options.BarrenAfter);

    /// <summary>Number of states on the longest way from the root.</summary>
    public int Depth { get; private set; }

    /// <inheritdoc/>
    public SearchJob? Next()
    {
        if (!_rootRan)
        {
            _rootRan = true;
            return new SearchJob(_root.Exemplar.Timeline, [], (_root, LeastVisitedWay));
        }

        (SearchState state, int way) = Choose();
        Exemplar exemplar = ExemplarOf(state);
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
            PlaceAnchor((SearchState)job.Purpose!, job.Timeline, result);
            return;
        }

        (SearchState parent, int way) = ((SearchState, int))job.Purpose!;
        long lastCount = result.Draws - job.Timeline.Recipe.DrawsBefore(result.Segments);
        bool hasFound = false;
        foreach (Discovery discovery in novelties.Discoveries)
        {
            // What was found behind the last draw is known now, but cannot be gone on from: a child would be the same run again.
            if (discovery.Segment < result.Segments || discovery.Count < lastCount)
            {
                Enter(discovery, parent, job.Timeline);
                hasFound = true;
            }
        }

        // Edges that a run was the first to take mostly lie on the way to the property that it found.
        if (novelties.Edges.Count > 0 && !hasFound)
        {
            Enter(novelties.Edges, parent, job.Timeline);
            hasFound = true;
        }

        _shares.Add(way, hasFound);
        if (hasFound)
        {
            parent.Yield++;
            parent.Barren = 0;
        }

        KeepShorterWays(job.Timeline, result);
    }

    private void Enter(Discovery discovery, SearchState parent, Timeline timeline)
    {
        var exemplar = new Exemplar { Timeline = timeline, Segment = discovery.Segment, Count = discovery.Count };
        if (_byId.TryGetValue(discovery.State, out SearchState? state))
        {
            // Found better: as good as new, but its children go on being counted.
            _states.Remove(state);
            state.Exemplar = exemplar;
            state.Alternates.Clear();
            state.Barren = 0;
        }
        else
        {
            state = new SearchState { Id = discovery.State, Kind = discovery.Kind, Exemplar = exemplar };
            _byId.Add(state.Id, state);
            FamilyOf(discovery.Family).Add(state);
        }

        state.Value = discovery.Value;
        state.Cost = exemplar.Cost;
        Append(state, parent);
    }

    private void Enter(IReadOnlyList<EdgeMark> marks, SearchState parent, Timeline timeline)
    {
        // One state for all of them: where one is, the others mostly are.
        EdgeMark first = marks.FirstOrDefault(mark => mark.Class == 1, marks[0]);
        bool isNewEdge = first.Class == 1;
        var state = new SearchState
        {
            Id = EdgeLocator.StateOf(first),
            Kind = isNewEdge ? DiscoveryKind.NewEdge : DiscoveryKind.NewHitCountClass,
            Exemplar = new Exemplar { Timeline = timeline, Marks = isNewEdge ? [.. marks.Where(mark => mark.Class == 1)] : marks },
            Cost = long.MaxValue,
            // To take an edge more often is a weak sign of progress: such a state waits for the turns of the least visited.
            Barren = isNewEdge ? 0 : _options.BarrenAfter,
        };
        FamilyOf((ulong)state.Kind).Add(state);
        Append(state, parent);
    }

    private StateFamily FamilyOf(ulong id)
    {
        if (!_familyById.TryGetValue(id, out StateFamily? family))
        {
            family = new StateFamily();
            _familyById.Add(id, family);
            _families.Add(family);
        }

        return family;
    }

    private StateFamily NextFamily()
    {
        _nextFamily = (_nextFamily + 1) % _families.Count;
        return _families[_nextFamily];
    }

    private void Append(SearchState state, SearchState parent)
    {
        // What a state's descendant found better would be its own ancestor.
        if (!IsAncestor(state, parent))
        {
            state.Parent = parent;
        }

        state.Depth = parent.Depth + 1;
        Depth = Math.Max(Depth, state.Depth);
        _states.Add(state);
    }

    private static bool IsAncestor(SearchState state, SearchState? of)
    {
        while (of is not null && of != state)
        {
            of = of.Parent;
        }

        return of is not null;
    }

    // The last of the edges that were looked for: those before it lie on the way. A point may count an edge only behind the draw that decided what comes
    // after it, so children go on from that draw as well.
    private static void PlaceAnchor(SearchState state, Timeline timeline, TimelineResult result)
    {
        Exemplar exemplar = state.Exemplar;
        foreach (Discovery discovery in result.Discoveries)
        {
            if (discovery.Kind is DiscoveryKind.NewEdge or DiscoveryKind.NewHitCountClass)
            {
                exemplar.Segment = discovery.Segment;
                exemplar.Count = discovery.Count;
            }
        }

        exemplar.IsWaiting = false;
        if (exemplar.Count == 0)
        {
            return;
        }

        bool isBehindLastDraw = exemplar.Segment == result.Segments && exemplar.Count == result.Draws - timeline.Recipe.DrawsBefore(result.Segments);
        if (isBehindLastDraw)
        {
            exemplar.Count--;
        }
        else
        {
            state.Alternates.Add(new Exemplar { Timeline = timeline, Segment = exemplar.Segment, Count = exemplar.Count - 1 });
        }
    }

    private void KeepShorterWays(Timeline timeline, TimelineResult result)
    {
        int last = timeline.Recipe.Length;
        long before = timeline.Recipe.DrawsBefore(last);
        foreach (Discovery discovery in result.Discoveries)
        {
            if (discovery.Segment < last || !_byId.TryGetValue(discovery.State, out SearchState? state) || discovery.Value < state.Value)
            {
                continue;
            }

            var exemplar = new Exemplar { Timeline = timeline, Segment = discovery.Segment, Count = discovery.Count };
            if (before + discovery.Count >= state.Cost)
            {
                KeepAlternate(state, exemplar);
                continue;
            }

            if (before + discovery.Count < state.Cost * MuchShorter)
            {
                state.Barren = 0;
            }

            state.Cost = before + discovery.Count;
            state.Exemplar = exemplar;
        }
    }

    private static void KeepAlternate(SearchState state, Exemplar exemplar)
    {
        if (state.Exemplar.Timeline == exemplar.Timeline)
        {
            return;
        }

        if (state.Alternates.Count == MostAlternates)
        {
            state.Alternates.RemoveAt(MostAlternates - 1);
        }

        state.Alternates.Insert(0, exemplar);
    }

    // The best exemplar first; when it brought nothing for a while, every other child goes on from another one.
    private static Exemplar ExemplarOf(SearchState state) =>
        (state.Barren < PatienceWithBest && !state.IsEdge) || state.Alternates.Count == 0 || state.Children % 2 == 0
            ? state.Exemplar
            : state.Alternates[(int)(state.Children / 2 % state.Alternates.Count)];

    private (SearchState State, int Way) Choose()
    {
        SearchState? deepest = DeepestFertile();
        int way = _shares.Next();
        SearchState? state = way switch
        {
            Deepest => deepest ?? _states[^(1 + (_newest.Next() % _states.Count))],
            Ancestors => AncestorOf(deepest ?? _states[^1], _ancestors.Next() + 1),
            Families => NextFamily().Choose(_options.BarrenAfter),
            _ => null,
        };
        return state is { Exemplar.IsWaiting: false } ? (state, way) : (LeastVisited(), LeastVisitedWay);
    }

    // Of equally deep states, the newest.
    private SearchState? DeepestFertile()
    {
        SearchState? deepest = null;
        for (int i = _states.Count - 1; i > 0; i--)
        {
            SearchState state = _states[i];
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
        SearchState least = _root;
        foreach (SearchState state in _states)
        {
            if (state.Barren <= least.Barren && !state.Exemplar.IsWaiting)
            {
                least = state;
            }
        }

        return least;
    }
}
