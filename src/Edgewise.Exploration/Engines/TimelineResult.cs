using Edgewise.Exploration.Journals;

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

    /// <summary>The same result with other names.</summary>
    internal TimelineResult With(IReadOnlyList<Description> descriptions) => new()
    {
        End = End,
        Discoveries = Discoveries,
        Tallies = Tallies,
        Descriptions = descriptions,
        Counters = Counters,
        Draws = Draws,
        Segments = Segments,
    };
}
