namespace Edgewise.Runtime.Sessions;

/// <summary>What a session has beyond the kernel's.</summary>
public sealed record TraceSessionOptions
{
    /// <summary>
    /// True: points, edges and compares each have an area of their own, so that all combinations of <see cref="TraceModes.UniqPc"/>,
    /// <see cref="TraceModes.UniqEdge"/> and <see cref="TraceModes.UniqCmp"/> may be recorded together. Compares then lie behind the other two, at offset words × 16.
    /// </summary>
    public bool Extended { get; init; }
}
