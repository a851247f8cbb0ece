namespace Edgewise.Runtime.Sessions;

/// <summary>What a thread records at the moment, a bit each; the kernel keeps its modes the same way inside.</summary>
[Flags]
internal enum Recordings
{
    None = 0,
    AllPcs = 1,
    AllCompares = 2,
    UniquePcs = 4,
    UniqueEdges = 8,
    UniqueCompares = 16,

    /// <summary>The session's own code runs on the thread; what it passes is counted as re-entrant.</summary>
    Muted = 32,

    Points = AllPcs | UniquePcs | UniqueEdges,
    Compares = AllCompares | UniqueCompares,
}
