namespace Edgewise.Exploration;

/// <summary>The ways in which a run ends abnormally.</summary>
public enum BugKind
{
    /// <summary>A property that must always hold did not, or a place was reached that must not be.</summary>
    PropertyViolated,

    /// <summary>An exception that nobody handled.</summary>
    Exception,

    /// <summary>Nothing is ready to run, no timer is set, and the run is not finished.</summary>
    Deadlock,

    /// <summary>The run took more simulated time, or more steps, than it may.</summary>
    VirtualTimeBudget,

    /// <summary>The run took more real time than it may.</summary>
    Timeout,

    /// <summary>A run waited for something that cannot come in its process: a pool thread, a timer or a finaliser of a forked child.</summary>
    Hang,

    /// <summary>The process was ended by a signal.</summary>
    Crash,

    /// <summary>The run took more memory than it may.</summary>
    OutOfMemory,

    /// <summary>The process ended itself, with an exit code.</summary>
    ExitCode,
}
