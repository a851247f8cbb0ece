using Edgewise.Exploration.Journals;
using Edgewise.Exploration.Recipes;

namespace Edgewise.Exploration.Engines;

/// <summary>What a run gave: its end, what it found, and the counters it left. Owned by who holds it; nothing in it changes any more.</summary>
public sealed class TimelineResult
{
    /// <summary>How the run ended.</summary>
    public required TimelineEnd End { get; init; }

    /// <summary>What it found, each state once, in the order in which states were first seen.</summary>
    public required IReadOnlyList<Discovery> Discoveries { get; init; }

    /// <summary>How often its properties were asked.</summary>
    public required IReadOnlyList<Tally> Tallies { get; init; }

    /// <summary>Names of states and properties that the process which ran it had not seen before; which those are depends on the engine.</summary>
    public required IReadOnlyList<Description> Descriptions { get; init; }

    /// <summary>Counters of the edges it took, one byte a point, as they stood at its end; empty without instrumentation.</summary>
    public required ReadOnlyMemory<byte> Counters { get; init; }

    /// <summary>Draws that it made in all.</summary>
    public required long Draws { get; init; }

    /// <summary>Reseeds of its recipe that it reached.</summary>
    public required int Segments { get; init; }

    /// <summary>True for a place behind the last draw: nothing can be gone on from there, a child would be the same run again.</summary>
    /// <param name="timeline">The timeline that gave this result.</param>
    /// <param name="segment">Number of reseeds before the place.</param>
    /// <param name="count">Draws of its segment before the place.</param>
    internal bool IsBehindLastDraw(Timeline timeline, int segment, long count) =>
        segment == Segments && count == Draws - timeline.Recipe.DrawsBefore(Segments);
}
