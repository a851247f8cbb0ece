namespace Edgewise.Showmap.Replay;

/// <summary>What became of an entry: each has exactly one fate.</summary>
public enum EntryFate
{
    /// <summary>At least one call of it ran, and none failed.</summary>
    Accepted,

    /// <summary>It has no call, or the target rejected each.</summary>
    Skipped,

    /// <summary>Its file cannot be read, or holds no entry.</summary>
    Unreadable,

    /// <summary>A call took too long.</summary>
    TimedOut,

    /// <summary>A call ended in an exception that is no answer of the target, ended the process, or took too much memory.</summary>
    Crashed,
}
