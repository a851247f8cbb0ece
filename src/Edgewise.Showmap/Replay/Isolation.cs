namespace Edgewise.Showmap.Replay;

/// <summary>What an entry may meet of what entries before it left behind.</summary>
public enum Isolation
{
    /// <summary>Static fields and all else: each entry runs twice, at two places of the order, and points whose counts differ are told.</summary>
    None,

    /// <summary>Each entry has the target's assemblies for itself, in a load context of its own.</summary>
    Context,

    /// <summary>Each entry has a process of its own.</summary>
    Process,
}
