namespace Edgewise.Runtime.Map;

/// <summary>
/// What a Runtime asks of the one that owns the map, by the same delegate as holder classes do. The numbers lie beyond
/// <see cref="RegistrationKind"/>. They are part of the contract that <see cref="Registration.Key"/> names: two copies of the Runtime in one
/// process may be of different builds. An unknown number is answered by zero.
/// </summary>
/// <remarks>The delegate's second parameter is called value here, the fourth index.</remarks>
internal enum MapRequest
{
    /// <summary>Address of the map.</summary>
    Start = 1000,

    /// <summary>Address of a 32-bit number: how many bytes from the map's start may be touched.</summary>
    Limit,

    /// <summary>Number of regions.</summary>
    RegionCount,

    /// <summary>Offset of region [index].</summary>
    RegionStart,

    /// <summary>Bytes in use of region [index].</summary>
    RegionUsed,

    /// <summary>Number of points of the modules in region [index], or in all where that is -1.</summary>
    PointCount,

    /// <summary>Index of the region of a load context, whose GC handle is [value]; -1 where it has none.</summary>
    RegionOfContext,

    /// <summary>Id of the first module behind id [index]; zero at the end.</summary>
    NextModule,

    /// <summary>Number of the first point of module [index].</summary>
    ModuleStart,

    /// <summary>Number of points of module [index].</summary>
    ModulePointCount,

    /// <summary>Index of the region of module [index].</summary>
    ModuleRegion,

    /// <summary>Address of the written point set of module [index], or zero.</summary>
    ModulePoints,

    /// <summary>Length of the written point set of module [index].</summary>
    ModulePointsLength,

    /// <summary>High and low half of the identity of module [index].</summary>
    ModuleIdentityHigh,

    /// <summary>See <see cref="ModuleIdentityHigh"/>.</summary>
    ModuleIdentityLow,

    /// <summary>Clears region [index], or everything where that is -1.</summary>
    Reset,

    /// <summary>One more than the point number of the guard at address [value], or zero where it lies in nobody's guards.</summary>
    GuardNumber,

    /// <summary>Takes numbers for [index] guards that are not in the map's own memory: one more than the first, or zero.</summary>
    NumberForeignGuards,

    /// <summary>Address of the table of recent compares of module [index], or zero.</summary>
    ModuleCompares,

    /// <summary>Length of the table of recent compares of module [index].</summary>
    ModuleComparesLength,

    /// <summary>Number of the first site of module [index]; -1 where it has none.</summary>
    ModuleFirstSite,

    /// <summary>Empties the tables of recent compares of module [index], or of all where that is 0.</summary>
    ResetCompares,

    /// <summary>Address of the path of module [index], UTF-8 with a zero at its end.</summary>
    ModulePath,

    /// <summary>Address of the path of the original of module [index], the same way; zero where nobody told.</summary>
    ModuleOriginalPath,

    /// <summary>Writes the coverage files as of now; 1 if all were written.</summary>
    Dump,

    /// <summary>Address of a <see cref="Trace.TraceCursor"/> of the calling thread with room for an event; [value] is the one it has, or zero.</summary>
    TraceCursor,

    /// <summary>Address of the process's set of caller–callee pairs.</summary>
    CallPairs,

    /// <summary>Moves the counters of all regions into the bitset at address [value], of [index] bytes; only clears them where that is zero. The number of new bits, or -1 where the bitset is too small.</summary>
    MoveCounters,

    /// <summary>Number of points that were hit since the last reset, cleared counters and collected load contexts included.</summary>
    UniqueCoverage,

    /// <summary>Address of the gate of module [index], or zero.</summary>
    ModuleGate,

    /// <summary>Opens the gates of all modules, those to come included, where [value] is not zero, and closes them where it is.</summary>
    SetGates,

    /// <summary>Whether gates are opened as modules come: 1 or 0.</summary>
    GatesAreOpen,

    /// <summary>Address of the slots for comparisons of sequences of module [index], or zero.</summary>
    ModuleSequences,

    /// <summary>Length of the slots for comparisons of sequences of module [index].</summary>
    ModuleSequencesLength,

    /// <summary>Address of the process's value profile.</summary>
    ValueProfile,

    /// <summary>Bytes of the whole pages that belong to region [index] alone; zero where it has none that may be replaced.</summary>
    RegionPages,

    /// <summary>Takes the next [index] counters of the load context whose GC handle is [value] out of use; 1 if there was room.</summary>
    ReservePoints,

    /// <summary>From now on no point gets the number of another that is gone; 1.</summary>
    KeepPointNumbers,
}
