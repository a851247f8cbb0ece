using Edgewise.Exploration.Engines;
using Edgewise.Exploration.Journals;
using Edgewise.Exploration.Knowledge;
using Edgewise.Exploration.Randomness;
using Edgewise.Exploration.Recipes;

namespace Edgewise.Exploration.Search;

/// <summary>
/// The usual strategy: states that runs discovered, a few exemplars of each, and children that go on from where a state was found.
/// </summary>
/// <remarks>
/// Most children go to the state that was found last and has not had its share, since progress is mostly one step behind progress; the others, more of
/// them the longer nothing is found, go to the state that had the fewest, so that no state starves where the last ones lead nowhere. All choices
/// follow from results in the order of jobs.
/// </remarks>
public sealed class FrontierStrategy : ISearchStrategy
{
    private readonly ulong _rootSeed;
    private readonly FrontierOptions _options;
    private readonly Dictionary<ulong, SearchState> _byId = [];
    // In the order of their ranks, the root first.
    private readonly List<SearchState> _states = [];
    private readonly Queue<SearchJob> _waiting = [];
    private long _ranks;
    private long _runs;
    private long _draws;
    private double _fairDebt;
    private int _turn;
    private readonly LubyPasses _ancestors = new();
    private readonly LubyPasses _oldest = new();
    private bool _rootRan;

    /// <summary>Begins a search at a root seed.</summary>
    public FrontierStrategy(ulong rootSeed, FrontierOptions options)
    {
        _rootSeed = rootSeed;
        _options = options;
        var root = new SearchState { Id = 0, Kind = DiscoveryKind.FirstReach, Parent = null, Depth = 0 };
        root.Exemplars.Add(new Exemplar { Timeline = new Timeline(rootSeed, Recipe.Empty), Segment = 0, Count = 0 });
        _states.Add(root);
    }

    /// <inheritdoc/>
    public string Name => "frontier";

    /// <inheritdoc/>
    public SearchJob? Next()
    {
        if (!_rootRan)
        {
            _rootRan = true;
            return new SearchJob(new Timeline(_rootSeed, Recipe.Empty), [], _states[0]);
        }

        if (_waiting.TryDequeue(out SearchJob? waiting))
        {
            return waiting;
        }

        SearchState state = Choose();
        Exemplar exemplar = state.Exemplars[(int)(state.Children % state.Exemplars.Count)];
        if (exemplar.Marks.Count > 0)
        {
            var location = new SearchJob(exemplar.Timeline, exemplar.Marks, (state, exemplar));
            exemplar.Marks = [];
            return location;
        }

        Reseed last = exemplar.Segment > 0 ? exemplar.Timeline.Recipe[exemplar.Segment - 1] : new Reseed(0, _rootSeed);
        ulong seed = ChildSeeds.Of(_rootSeed, last.Seed, exemplar.Count, state.Id, state.Children);
        state.Visits++;
        state.Children++;
        return new SearchJob(exemplar.Child(seed), [], state);
    }

    /// <inheritdoc/>
    public void Absorb(SearchJob job, TimelineResult result, Novelties novelties)
    {
        if (job.IsLocation)
        {
            Locate(job, result);
            return;
        }

        var parent = (SearchState)job.Purpose!;
        int found = 0;
        foreach (Discovery discovery in novelties.Discoveries)
        {
            // What was found behind the last draw is known now, but cannot be gone on from: a child would be the same run again.
            if (discovery.Segment < result.Segments || discovery.Count < result.LastCount)
            {
                Enter(discovery, parent, job.Timeline);
                found++;
            }
        }

        if (novelties.Edges.Count > 0 && (found == 0 || _options.EdgesBesideProperties))
        {
            EnterEdges(novelties.Edges, parent, job.Timeline);
            found++;
        }

        parent.Yield += found;
        if (found > 0 && _options.Streak) parent.Visits = 0;
        parent.Results++;
        parent.RoomSum += result.LastCount;
        _runs++;
        _draws += result.Draws;
        Shorten(parent, job.Timeline, result);
    }

    // A state that is reached again in fewer draws keeps the shorter way: more of a run is left behind it.
    private void Shorten(SearchState parent, Timeline timeline, TimelineResult result)
    {
        foreach (Discovery discovery in result.Discoveries)
        {
            if (discovery.Segment < timeline.Recipe.Length || !_byId.TryGetValue(discovery.State, out SearchState? state) || discovery.Value < state.Value)
            {
                continue;
            }

            long cost = CostOf(timeline, discovery.Segment, discovery.Count);
            if (state.Parent == parent) state.Finds++;
            if (cost < state.Cost)
            {
                if (cost < state.Cost * _options.MuchShorter) { state.Visits = 0; state.Results = 0; state.RoomSum = 0; }
                state.Cost = cost;
                if (state.Parent != parent) { state.Parent = parent; state.Finds = 1; state.FoundAt = parent.Results; }
                state.Late = discovery.Count;
                state.Exemplars.Clear();
                state.Exemplars.Add(new Exemplar { Timeline = timeline, Segment = discovery.Segment, Count = discovery.Count });
            }
        }
    }

    private static long CostOf(Timeline timeline, int segment, long count)
    {
        for (int i = 0; i < segment; i++)
        {
            count += timeline.Recipe[i].Count;
        }

        return count;
    }

    private void Enter(Discovery discovery, SearchState parent, Timeline timeline)
    {
        var exemplar = new Exemplar { Timeline = timeline, Segment = discovery.Segment, Count = discovery.Count };
        if (_byId.TryGetValue(discovery.State, out SearchState? state))
        {
            state.Exemplars.Clear();
            state.Exemplars.Add(exemplar);
            state.Parent = parent;
            state.Depth = parent.Depth + 1;
            state.Visits = 0;
            state.Rank = ++_ranks;
            state.Value = discovery.Value;
            state.Finds = 0; state.FoundAt = parent.Results; state.Late = discovery.Count;
            state.Cost = CostOf(timeline, discovery.Segment, discovery.Count);
            _states.Remove(state);
            _states.Add(state);
            return;
        }

        state = new SearchState { Id = discovery.State, Kind = discovery.Kind, Parent = parent, Depth = parent.Depth + 1, Rank = ++_ranks, Finds = 0, FoundAt = parent.Results, Late = discovery.Count, Value = discovery.Value, Cost = CostOf(timeline, discovery.Segment, discovery.Count) };
        state.Exemplars.Add(exemplar);
        _byId.Add(state.Id, state);
        _states.Add(state);
    }

    private void EnterEdges(IReadOnlyList<EdgeMark> marks, SearchState parent, Timeline timeline)
    {
        // One state for all edges that a run was the first to take: they mostly lie on one path.
        ulong id = EdgeLocator.StateOf(marks[0]);
        bool isNewEdge = marks.Any(mark => mark.Class == 1);
        var state = new SearchState
        {
            Id = id,
            Kind = isNewEdge ? DiscoveryKind.NewEdge : DiscoveryKind.NewHitCountClass,
            Parent = parent,
            Depth = parent.Depth + 1,
            Rank = isNewEdge ? ++_ranks : 0,
        };
        state.Exemplars.Add(new Exemplar { Timeline = timeline, Segment = timeline.Recipe.Length, Count = -1, Marks = marks });
        if (isNewEdge)
        {
            _states.Add(state);
        }
        else
        {
            _states.Insert(1, state);
        }
    }

    private static void Locate(SearchJob job, TimelineResult result)
    {
        var (state, exemplar) = ((SearchState, Exemplar))job.Purpose!;
        Discovery? last = null;
        foreach (Discovery discovery in result.Discoveries)
        {
            if (discovery.Kind is DiscoveryKind.NewEdge or DiscoveryKind.NewHitCountClass)
            {
                last = discovery;
            }
        }

        exemplar.Segment = last?.Segment ?? 0;
        exemplar.Count = last?.Count ?? 0;
    }

    private double Room(SearchState state) => state.Results == 0 || _draws == 0 ? 1 : Math.Clamp(((double)state.RoomSum / state.Results) / ((double)_draws / _runs), _options.LeastRoom, 1);

    private SearchState Choose()
    {
        SearchState? focus = null;
        for (int i = _states.Count - 1; i >= 0; i--)
        {
            SearchState state = _states[i];
            if (state.Rank > 0 && state.Visits < _options.FocusVisits * Room(state) && IsReady(state) && (focus == null || (_options.Deepest && state.Depth > focus.Depth)))
            {
                focus = state;
            }
        }

        if (focus is not null)
        {
            _fairDebt += _options.FairShare;
            if (_fairDebt < 1)
            {
                return focus;
            }

            _fairDebt -= 1;
        }

        _turn = (_turn + 1) % _options.Modes;
        if (_turn == 1)
        {
            SearchState old = _states[_oldest.Next() % _states.Count];
            if (IsReady(old)) return old;
        }
        if (_turn == 2)
        {
            SearchState tip = focus ?? _states[^1];
            int hops = _ancestors.Next() + 1;
            while (hops > 0 && tip.Parent is { } p) { tip = p; hops--; }
            if (IsReady(tip)) return tip;
        }

        SearchState fairest = _states[0];
        foreach (SearchState state in _states)
        {
            if (state.Visits <= fairest.Visits && IsReady(state))
            {
                fairest = state;
            }
        }

        return fairest;
    }

    // A state whose place is being looked for has to wait.
    private static bool IsReady(SearchState state) => state.Exemplars[0].Count >= 0 || state.Exemplars[0].Marks.Count > 0;
}
