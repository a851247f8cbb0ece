namespace Edgewise.Runtime.Dump;

/// <summary>The formats of 2016 that a dump may write beside its <c>.sancov</c> files.</summary>
[Flags]
public enum DumpFormats
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary><c>coverage_bitset</c>: a digit a point, a file a module.</summary>
    Bitset = 1 << 0,

    /// <summary><c>coverage_counters</c>: the hit-count class of each point, a file a module.</summary>
    Counters = 1 << 1,

    /// <summary><c>coverage_packed</c>: all <c>.sancov</c> files of a process in one.</summary>
    Packed = 1 << 2,

    /// <summary><c>coverage_direct</c>: PCs by point, with a map of the modules.</summary>
    Raw = 1 << 3,
}
