namespace Edgewise.Native;

/// <summary>How an array of points came to be; the numbers are those of the tables.</summary>
public enum NativeModuleKind
{
    /// <summary>None that this program knows.</summary>
    Unknown = 0,

    /// <summary><c>trace-pc-guard</c>: counts up to 255; a PC is known once its point was reached, and is that of the call.</summary>
    Guards = 1,

    /// <summary><c>inline-8bit-counters</c>: wraps at 256; PCs are known where there is a <c>pc-table</c>.</summary>
    Counters = 2,

    /// <summary><c>inline-bool-flag</c>: 0 or 1; PCs as with counters.</summary>
    Flags = 3,

    /// <summary><c>trace-pc</c>: a slot for each four bytes of code, most of which belong to no point.</summary>
    TracePc = 4,

    /// <summary>The guards of 2016.</summary>
    Guards2016 = 5,
}
