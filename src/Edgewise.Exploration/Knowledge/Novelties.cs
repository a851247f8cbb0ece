using Edgewise.Exploration.Engines;
using Edgewise.Exploration.Journals;

namespace Edgewise.Exploration.Knowledge;

/// <summary>What a run added to all that was known.</summary>
/// <param name="Discoveries">States that were new, or seen at a better value, in the order of their draws.</param>
/// <param name="Edges">Edges that were new, or in a new hit-count class; where in the run is not known yet.</param>
public readonly record struct Novelties(IReadOnlyList<Discovery> Discoveries, IReadOnlyList<EdgeMark> Edges)
{
    /// <summary>Nothing.</summary>
    public static Novelties None { get; } = new([], []);

    /// <summary>True if the run added nothing.</summary>
    public bool IsEmpty => Discoveries.Count == 0 && Edges.Count == 0;
}
