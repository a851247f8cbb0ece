using Edgewise.Exploration.Engines;
using Edgewise.Exploration.Recipes;

namespace Edgewise.Exploration.Search;

/// <summary>A run that a strategy asks for, with what it remembers of its reason.</summary>
/// <param name="Timeline">What to run.</param>
/// <param name="Marks">Edges to be located; none for a run that searches.</param>
/// <param name="Purpose">What the strategy will want to know when the result comes back.</param>
public sealed record SearchJob(Timeline Timeline, IReadOnlyList<EdgeMark> Marks, object? Purpose)
{
    /// <summary>True for a replay that only finds out where edges were taken.</summary>
    public bool IsLocation => Marks.Count > 0;
}
