using Edgewise.Exploration.Engines;
using Edgewise.Exploration.Journals;
using Edgewise.Exploration.Knowledge;
using Edgewise.Exploration.Recipes;

namespace Edgewise.Exploration.Search;

/// <summary>The states that the runs of a root seed found, in the order in which they were found or found better, each with the best ways to it.</summary>
internal sealed class Frontier
{
    /// <summary>A way to a state that is this much shorter makes it worth as many children as a new one: more of a run is left behind it.</summary>
    private const double MuchShorter = 0.75;

    private readonly int _barrenAfter;
    private readonly Dictionary<ulong, SearchState> _byId = [];
    private readonly List<SearchState> _states = [];
    private readonly Dictionary<ulong, StateFamily> _familyById = [];
    private readonly List<StateFamily> _families = [];

    /// <summary>Begins with the root: the start of each run.</summary>
    public Frontier(ulong rootSeed, int barrenAfter)
    {
        _barrenAfter = barrenAfter;
        Root = new SearchState
        {
            Id = 0,
            Kind = DiscoveryKind.FirstReach,
            Exemplar = new Exemplar { Timeline = new Timeline(rootSeed, Recipe.Empty) },
        };
        _states.Add(Root);
        FamilyOf(0).Add(Root);
    }

    /// <summary>The start of each run.</summary>
    public SearchState Root { get; }

    /// <summary>All states, the root first.</summary>
    public IReadOnlyList<SearchState> States => _states;

    /// <summary>The states of each property, and of edges.</summary>
    public IReadOnlyList<StateFamily> Families => _families;

    /// <summary>Number of states on the longest way from the root.</summary>
    public int Depth { get; private set; }

    /// <summary>Takes in what a run found.</summary>
    /// <param name="timeline">The run.</param>
    /// <param name="parent">The state whose child it was.</param>
    /// <param name="result">What it gave.</param>
    /// <param name="novelties">What of it was new.</param>
    /// <returns>True if there is a state more, or a better one.</returns>
    public bool Absorb(Timeline timeline, SearchState parent, TimelineResult result, Novelties novelties)
    {
        bool hasFound = false;
        foreach (Discovery discovery in novelties.Discoveries)
        {
            // What was found behind the last draw is known now, but is no state.
            if (!result.IsBehindLastDraw(timeline, discovery.Segment, discovery.Count))
            {
                Enter(discovery, parent, timeline);
                hasFound = true;
            }
        }

        // Edges that a run was the first to take mostly lie on the way to the property that it found.
        if (novelties.Edges.Count > 0 && !hasFound)
        {
            Enter(novelties.Edges, parent, timeline);
            hasFound = true;
        }

        KeepShorterWays(timeline, result);
        return hasFound;
    }

    /// <summary>Takes in where edges of a state were taken: the last of them counts, since those before it lie on the way.</summary>
    /// <remarks>A point may count an edge only behind the draw that decided what comes after it, so children go on from that draw as well.</remarks>
    public static void PlaceAnchor(SearchState state, Timeline timeline, TimelineResult result)
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

        if (result.IsBehindLastDraw(timeline, exemplar.Segment, exemplar.Count))
        {
            exemplar.Count--;
        }
        else
        {
            state.AddAlternate(new Exemplar { Timeline = timeline, Segment = exemplar.Segment, Count = exemplar.Count - 1 });
        }
    }

    private void Enter(Discovery discovery, SearchState parent, Timeline timeline)
    {
        var exemplar = new Exemplar { Timeline = timeline, Segment = discovery.Segment, Count = discovery.Count };
        if (_byId.TryGetValue(discovery.State, out SearchState? state))
        {
            // Found better: as good as new, but its children go on being counted.
            _states.Remove(state);
            state.Renew(exemplar);
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
            Barren = isNewEdge ? 0 : _barrenAfter,
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
                state.AddAlternate(exemplar);
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
}
