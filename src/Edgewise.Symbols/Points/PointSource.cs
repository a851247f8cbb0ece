namespace Edgewise.Symbols.Points;

/// <summary>What tells the coverage points of a native binary.</summary>
public enum PointSource
{
    /// <summary>The binary has none.</summary>
    None,

    /// <summary>Calls of a callback: <c>trace-pc-guard</c>, <c>trace-pc</c> and their forms of 2016.</summary>
    Calls,

    /// <summary>Calls of the callback of a stripped binary, which loads of guards give away.</summary>
    GuardCalls,

    /// <summary>The table of <c>pc-table</c>, which goes with inline counters and flags.</summary>
    PcTable,
}
