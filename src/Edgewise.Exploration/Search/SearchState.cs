using Edgewise.Exploration.Journals;

namespace Edgewise.Exploration.Search;

/// <summary>A state of the frontier: what identifies it, the timelines kept for it, and what came of its children.</summary>
internal sealed class SearchState
{
    private const int MostAlternates = 3;

    /// <summary>Children in a row that may bring nothing before other exemplars are tried.</summary>
    private const int PatienceWithBest = 20;

    // Other timelines that reached it in the same quality, the newest first: a world that offers nothing more is left for another one.
    private readonly List<Exemplar> _alternates = [];

    public required ulong Id { get; init; }

    public required DiscoveryKind Kind { get; init; }

    /// <summary>True for edges and hit-count classes.</summary>
    public bool IsEdge => Kind is DiscoveryKind.NewEdge or DiscoveryKind.NewHitCountClass;

    /// <summary>The state whose child found it; null for the root.</summary>
    public SearchState? Parent { get; set; }

    /// <summary>Number of states on the way to it.</summary>
    public int Depth { get; set; }

    /// <summary>The timeline from which its children go on.</summary>
    public required Exemplar Exemplar { get; set; }

    /// <summary>Best value at which it was found.</summary>
    public long Value { get; set; }

    /// <summary>Draws from the start of the exemplar to the anchor.</summary>
    public long Cost { get; set; }

    /// <summary>Children in all: each gets another seed.</summary>
    public long Children { get; set; }

    /// <summary>Children since the last one that found something, or since the state was found better or by a much shorter way.</summary>
    public long Barren { get; set; }

    /// <summary>
    /// The exemplar of the next child: the best one first; when it brought nothing for a while, every other child goes on from another one.
    /// </summary>
    public Exemplar Next() =>
        (Barren < PatienceWithBest && !IsEdge) || _alternates.Count == 0 || Children % 2 == 0
            ? Exemplar
            : _alternates[(int)(Children / 2 % _alternates.Count)];

    /// <summary>Takes in another way that is no better.</summary>
    public void AddAlternate(Exemplar exemplar)
    {
        if (Exemplar.Timeline == exemplar.Timeline && !IsEdge)
        {
            return;
        }

        if (_alternates.Count == MostAlternates)
        {
            _alternates.RemoveAt(MostAlternates - 1);
        }

        _alternates.Insert(0, exemplar);
    }

    /// <summary>Takes in that it was found better.</summary>
    public void Renew(Exemplar exemplar)
    {
        Exemplar = exemplar;
        _alternates.Clear();
        Barren = 0;
    }
}
