namespace Edgewise.Runtime.Formats;

/// <summary>SanitizerCoverage features, named as clang names them.</summary>
[Flags]
public enum CoverageFeatures
{
    /// <summary>Nothing is inserted; the image is only written anew.</summary>
    None = 0,

    /// <summary><c>inline-8bit-counters</c>: a counter of 8 bits a point, wrapping at 256.</summary>
    Inline8BitCounters = 1 << 0,

    /// <summary><c>never-zero</c>: counters stay at 255 instead of wrapping.</summary>
    NeverZero = 1 << 1,

    /// <summary><c>inline-bool-flag</c>: a byte a point that becomes 1.</summary>
    InlineBoolFlag = 1 << 2,

    /// <summary><c>trace-pc-guard</c>: a callback with the point's guard, while that is not zero.</summary>
    TracePcGuard = 1 << 3,

    /// <summary><c>trace-pc</c>: a callback at every point.</summary>
    TracePc = 1 << 4,

    /// <summary><c>pc-table</c>: the PC and flags of each point, handed to the callback class where that asks for it.</summary>
    PcTable = 1 << 5,
}
