namespace Edgewise.Exploration.Engines.Workers;

/// <summary>Why a process ended that had a job.</summary>
internal enum DeathCause
{
    /// <summary>By a signal that this product did not send.</summary>
    Signal,

    /// <summary>By itself, with an exit code.</summary>
    Exit,

    /// <summary>It took too long and was killed.</summary>
    Timeout,

    /// <summary>It took too long, waiting for something and not computing, and was killed.</summary>
    Hang,
}
