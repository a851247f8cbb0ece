namespace Edgewise.Report.Model;

/// <summary>What is known of a line. The order is that of the codes in written reports.</summary>
public enum LineState
{
    /// <summary>The line has no code, or none that could be told from others.</summary>
    None = 0,

    /// <summary>None of its code ran.</summary>
    Uncovered = 1,

    /// <summary>Some of its code ran.</summary>
    Partly = 2,

    /// <summary>All of its code ran.</summary>
    Covered = 3,

    /// <summary>It has no point, and that it ran is only inferred (<c>--prune llvm</c>): shown, and never counted.</summary>
    Implied = 4,
}
