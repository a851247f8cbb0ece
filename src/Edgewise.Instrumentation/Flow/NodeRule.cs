namespace Edgewise.Instrumentation.Flow;

/// <summary>How it is known whether a block or split edge ran.</summary>
internal enum NodeRule : byte
{
    /// <summary>By its own point.</summary>
    Point,

    /// <summary>It ran if one of its successors ran, all of which it dominates.</summary>
    ImpliedBySuccessors,

    /// <summary>It ran if one of its predecessors ran, all of which it post-dominates.</summary>
    ImpliedByPredecessors,

    /// <summary>It never runs.</summary>
    Unreachable,
}
