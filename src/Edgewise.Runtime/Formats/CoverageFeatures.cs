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

    /// <summary><c>trace-cmp</c>: the operands of comparisons, switches and the framework's comparisons of strings and spans.</summary>
    TraceCmp = 1 << 6,

    /// <summary><c>trace-div</c>: divisors that are not constants.</summary>
    TraceDiv = 1 << 7,

    /// <summary><c>trace-gep</c>: indices into arrays, strings and spans that are not constants.</summary>
    TraceGep = 1 << 8,

    /// <summary><c>trace-loads</c>: addresses that are loaded from.</summary>
    TraceLoads = 1 << 9,

    /// <summary><c>trace-stores</c>: addresses that are stored to.</summary>
    TraceStores = 1 << 10,

    /// <summary><c>stack-depth</c>: the lowest stack address of each thread.</summary>
    StackDepth = 1 << 11,

    /// <summary><c>control-flow</c>: a table of the blocks of each method, their successors and callees.</summary>
    ControlFlow = 1 << 12,

    /// <summary><c>trace-pc-entry-exit</c>: a callback at each entry and each exit of a method, in place of <c>trace-pc</c>'s at the entry.</summary>
    TracePcEntryExit = 1 << 13,

    /// <summary><c>gated</c>: one flag a module turns the callbacks of guards and compares on.</summary>
    Gated = 1 << 14,

    /// <summary><c>indirect-calls</c>: caller and callee of calls whose callee is found at run time.</summary>
    IndirectCalls = 1 << 15,

    /// <summary><c>trace-bb</c>: the sequence of points as they are passed.</summary>
    TraceBb = 1 << 16,
}
