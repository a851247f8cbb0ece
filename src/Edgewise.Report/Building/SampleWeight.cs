namespace Edgewise.Report.Building;

/// <summary>How much a <see cref="LineSample"/> says.</summary>
internal enum SampleWeight
{
    /// <summary>A call that was inlined stands there: it ran if any of it did. Counts where nothing better is known.</summary>
    Call,

    /// <summary>A statement of a line before goes on there. Counts where nothing better is known.</summary>
    Continuation,

    /// <summary>A block that has code of the line.</summary>
    Block,

    /// <summary>A point that stands on the line.</summary>
    Point,
}
