namespace Edgewise.Fuzzing.Execution;

/// <summary>How an execution ended.</summary>
public enum RunEnd
{
    /// <summary>The target returned.</summary>
    Returned,

    /// <summary>It threw an exception that it is expected to throw: the input was rejected.</summary>
    Rejected,

    /// <summary>It threw another exception.</summary>
    Crashed,

    /// <summary>It ran out of memory.</summary>
    OutOfMemory,
}
