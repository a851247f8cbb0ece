namespace Edgewise.Runtime.Sessions;

/// <summary>What stands in the areas of a session, copied: a count, then records. Points, edges and sites have their process-wide numbers still.</summary>
internal readonly record struct TraceWords(
    ulong[] Points, ulong[] Edges, ulong[] Compares, TraceAccount PointAccount, TraceAccount EdgeAccount, TraceAccount CompareAccount, long Reentrant)
{
    /// <summary>Points that are known to have been passed and found no room.</summary>
    public ulong[] UnrecordedPoints { get; init; } = [];

    /// <summary>Edges of the same kind.</summary>
    public ulong[] UnrecordedEdges { get; init; } = [];
}
