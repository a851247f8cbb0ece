using Edgewise.Exploration.Engines;
using Edgewise.Exploration.Recipes;

namespace Edgewise.Exploration.Search;

/// <summary>A timeline that reached a state, and the anchor in it at which children go on from other seeds.</summary>
internal sealed class Exemplar
{
    public required Timeline Timeline { get; init; }

    /// <summary>Number of reseeds before the anchor.</summary>
    public int Segment { get; set; }

    /// <summary>Draws of the segment before the anchor.</summary>
    public long Count { get; set; }

    /// <summary>Edges that are to be located before the first child; empty for properties, and once it is known where they are.</summary>
    public IReadOnlyList<EdgeMark> Marks { get; set; } = [];

    /// <summary>True while edges are being located: there is no anchor yet.</summary>
    public bool IsWaiting { get; set; }

    /// <summary>Seed of the segment in which the anchor stands.</summary>
    public ulong SegmentSeed => Segment > 0 ? Timeline.Recipe[Segment - 1].Seed : Timeline.RootSeed;

    /// <summary>Draws from the start of the timeline to the anchor.</summary>
    public long Cost => Timeline.Recipe.DrawsBefore(Segment) + Count;

    /// <summary>The timeline of a child: the way here, then another seed.</summary>
    public Timeline Child(ulong seed) => Timeline with { Recipe = Timeline.Recipe.Then(Segment, new Reseed(Count, seed)) };
}
