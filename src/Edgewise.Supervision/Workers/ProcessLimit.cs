namespace Edgewise.Supervision.Workers;

/// <summary>What a process may not have without end.</summary>
public enum ProcessLimit
{
    /// <summary>Time for one execution.</summary>
    Time,

    /// <summary>Memory.</summary>
    Memory,
}
