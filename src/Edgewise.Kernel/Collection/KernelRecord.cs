using Edgewise.Kernel.Device;
using Edgewise.Kernel.Modes;

namespace Edgewise.Kernel.Collection;

/// <summary>What was recorded of a piece of work.</summary>
public sealed record KernelRecord
{
    /// <summary>What was to be recorded.</summary>
    public required KernelModes Modes { get; init; }

    /// <summary>Who left out what was recorded before.</summary>
    public required UniqueMaker UniqueMaker { get; init; }

    /// <summary>Words of the area, the last time.</summary>
    public required int Words { get; init; }

    /// <summary>How often the work was done: more than once where the area grew.</summary>
    public required int Runs { get; init; }

    /// <summary>Records in the area: of the kernel's own mode, before anything is made unique in user space.</summary>
    public required int Events { get; init; }

    /// <summary>Records that the area has room for.</summary>
    public required int Capacity { get; init; }

    /// <summary>True where the area was full: the kernel may have dropped records, and does not say how many.</summary>
    public required bool IsFull { get; init; }

    /// <summary>PCs: all in order, or each once; empty for compares, and where the kernel told edges alone.</summary>
    public ulong[] Pcs { get; init; } = [];

    /// <summary>Exact edges, each once, for modes with edges; empty where the kernel made them unique.</summary>
    public KernelEdge[] Edges { get; init; } = [];

    /// <summary>Edges as words, each once: those of the kernel, or <see cref="KernelEdge.Word"/> of <see cref="Edges"/>.</summary>
    public ulong[] EdgeWords { get; init; } = [];

    /// <summary>Compares: all in order, or each once; empty for PCs.</summary>
    public KcovCompare[] Compares { get; init; } = [];

    /// <summary>Syzkaller's signal of the whole trace; empty where there is none: for compares, and where the kernel left events out.</summary>
    public ulong[] Signal { get; init; } = [];

    /// <summary>The PCs that ran, each once, ascending, whatever the mode: those of PCs, edges and compares.</summary>
    public ulong[] ReachedPcs { get; init; } = [];
}
