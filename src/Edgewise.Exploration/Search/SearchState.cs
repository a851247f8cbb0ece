using Edgewise.Exploration.Journals;

namespace Edgewise.Exploration.Search;

/// <summary>A state of the frontier: what identifies it, the timelines kept for it, and what came of its children.</summary>
internal sealed class SearchState
{
    public required ulong Id { get; init; }

    public required DiscoveryKind Kind { get; set; }

    /// <summary>The state whose child found it; null for the root.</summary>
    public required SearchState? Parent { get; set; }

    public required int Depth { get; set; }

    /// <summary>The timelines, the newest last.</summary>
    public List<Exemplar> Exemplars { get; } = [];

    /// <summary>Children that were run since the state was found or found better.</summary>
    public long Visits { get; set; }

    /// <summary>Children in all: each gets another seed.</summary>
    public long Children { get; set; }

    /// <summary>States that its children found.</summary>
    public long Yield { get; set; }

    /// <summary>Order of discovery; a better value renews it.</summary>
    public long Rank { get; set; }

    /// <summary>Best value at which it was found.</summary>
    public long Value { get; set; }

    /// <summary>Draws from the start of the timeline to its anchor.</summary>
    public long Cost { get; set; } = long.MaxValue;

    public long Results { get; set; }

    public long RoomSum { get; set; }

    public long Finds { get; set; }
    public long FoundAt { get; set; }
    public long Late { get; set; }
}
