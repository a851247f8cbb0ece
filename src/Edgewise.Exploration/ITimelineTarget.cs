using Edgewise.Exploration.Journals;
using Edgewise.Exploration.Randomness;

namespace Edgewise.Exploration;

/// <summary>
/// Anything that runs from a root seed and a recipe: all its choices come from the random source, so that the same timeline always does the same.
/// </summary>
public interface ITimelineTarget
{
    /// <summary>Counters of the edges that it takes, one byte a point, the same points in every run; empty if it is not instrumented. Take the span anew for each run.</summary>
    Span<byte> Counters { get; }

    /// <summary>Runs a timeline to its end. Never throws: what goes wrong inside is the end that it returns.</summary>
    /// <param name="random">The source, at its start. Who runs the target may observe it.</param>
    /// <param name="journal">Takes what the run finds; empty.</param>
    TimelineEnd Run(RandomSource random, Journal journal);
}
