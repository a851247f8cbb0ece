namespace Edgewise.Runtime.Sessions;

/// <summary>Which modes a session takes, and what they mean to the thread.</summary>
internal static class ModeRules
{
    private const TraceModes Unique = TraceModes.UniqPc | TraceModes.UniqEdge | TraceModes.UniqCmp;

    /// <summary>What to record, or null where the modes are refused.</summary>
    public static Recordings? Recording(TraceModes modes, bool isExtended) => modes switch
    {
        TraceModes.TracePc => Recordings.AllPcs,
        TraceModes.TraceCmp => Recordings.AllCompares,
        TraceModes.UniqCmp or TraceModes.UniqPc or TraceModes.UniqEdge or (TraceModes.UniqPc | TraceModes.UniqEdge) => Unite(modes),
        _ when isExtended && (modes & ~Unique) == 0 => Unite(modes),
        _ => null,
    };

    private static Recordings Unite(TraceModes modes) =>
        (modes.HasFlag(TraceModes.UniqPc) ? Recordings.UniquePcs : 0)
        | (modes.HasFlag(TraceModes.UniqEdge) ? Recordings.UniqueEdges : 0)
        | (modes.HasFlag(TraceModes.UniqCmp) ? Recordings.UniqueCompares : 0);
}
