namespace Edgewise.Exploration.Engines;

/// <summary>An edge whose first time is asked for: the draw before which its counter first reached a hit-count class.</summary>
/// <param name="Point">Index of the edge's point in the counters.</param>
/// <param name="Class">The class, as <see cref="Feedback.HitCountClasses"/> names it; 1 for the first hit.</param>
public readonly record struct EdgeMark(int Point, byte Class);
