namespace Edgewise.Fuzzing.Afl;

/// <summary>Where a worker is with the run that a tool of AFL++ ordered, and who answers the tool.</summary>
internal enum RunPhase
{
    /// <summary>It loads the target; no run was ordered.</summary>
    Starting,

    /// <summary>It runs inputs that returned in the process before it.</summary>
    WarmingUp,

    /// <summary>It waits for an order.</summary>
    Idle,

    /// <summary>It runs the target; the tool knows of nothing yet.</summary>
    Running,

    /// <summary>The fork server tells the tool that the run goes on.</summary>
    Reporting,

    /// <summary>The tool knows of the run, and may kill the worker; the fork server tells the end.</summary>
    Reported,

    /// <summary>The run that the tool knows of has ended by itself.</summary>
    Done,
}
