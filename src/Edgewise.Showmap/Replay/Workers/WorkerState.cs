namespace Edgewise.Showmap.Replay.Workers;

/// <summary>Where a worker is.</summary>
internal enum WorkerState
{
    /// <summary>It begins.</summary>
    Starting,

    /// <summary>The target is loaded.</summary>
    Running,

    /// <summary>All its entries are done.</summary>
    Done,

    /// <summary>It ended so that the next entry has a process of its own.</summary>
    More,

    /// <summary>It could not do what it should.</summary>
    Failed,
}
