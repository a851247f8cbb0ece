using Edgewise.Exploration.Recipes;

namespace Edgewise.Exploration.Engines;

/// <summary>A run that an engine is asked for.</summary>
/// <param name="Timeline">What to run.</param>
/// <param name="Marks">Edges to be found in it, draw by draw; usually none, since that makes a run several times slower.</param>
/// <param name="IsTraced">True to journal every draw, as <see cref="Journals.DiscoveryKind.Draw"/>, so that two runs can be compared draw by draw.</param>
public readonly record struct Job(Timeline Timeline, ReadOnlyMemory<EdgeMark> Marks = default, bool IsTraced = false);
