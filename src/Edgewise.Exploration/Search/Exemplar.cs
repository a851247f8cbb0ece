using Edgewise.Exploration.Engines;
using Edgewise.Exploration.Recipes;

namespace Edgewise.Exploration.Search;

/// <summary>A timeline that reached a state, and the place in it from which children go on.</summary>
internal sealed class Exemplar
{
    public required Timeline Timeline { get; init; }

    /// <summary>Number of reseeds before the anchor.</summary>
    public required int Segment { get; set; }

    /// <summary>Draws of the segment before the anchor; negative while an edge's place is not known.</summary>
    public required long Count { get; set; }

    /// <summary>Edges to locate before the first child; empty once that is done, and for properties.</summary>
    public IReadOnlyList<EdgeMark> Marks { get; set; } = [];

    /// <summary>The timeline of a child: the way here, then another seed.</summary>
    public Timeline Child(ulong seed) => Timeline with { Recipe = Timeline.Recipe.Then(Segment, new Reseed(Count, seed)) };
}
