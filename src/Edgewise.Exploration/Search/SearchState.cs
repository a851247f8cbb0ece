using Edgewise.Exploration.Journals;

namespace Edgewise.Exploration.Search;

/// <summary>A state of the frontier: what identifies it, the timelines kept for it, and what came of its children.</summary>
internal sealed class SearchState
{
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

    /// <summary>Other timelines that reached it in the same quality, the newest first: a world that offers nothing more may be left for another one.</summary>
    public List<Exemplar> Alternates { get; } = [];

    /// <summary>Best value at which it was found.</summary>
    public long Value { get; set; }

    /// <summary>Draws from the start of the exemplar to the anchor.</summary>
    public long Cost { get; set; }

    /// <summary>Children in all: each gets another seed.</summary>
    public long Children { get; set; }

    /// <summary>Children since the last one that found something, or since the state was found better or by a much shorter way.</summary>
    public long Barren { get; set; }

    /// <summary>Children that found something.</summary>
    public long Yield { get; set; }
}
