namespace Edgewise.Exploration.Engines.Workers;

/// <summary>What an engine wants of a worker.</summary>
internal enum WorkerMode
{
    /// <summary>Runs each job from its start.</summary>
    Replay,

    /// <summary>Runs each job in a forked child, and jobs with one anchor from there.</summary>
    Fork,
}
