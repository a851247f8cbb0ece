namespace Edgewise.Kernel.Modes;

/// <summary>What is recorded, by the numbers of kcov and of the proposal of January 2025 for unique modes.</summary>
/// <remarks>Of PCs and compares only one can be recorded at a time; <see cref="UniquePc"/> and <see cref="UniqueEdge"/> go together. So there are 0, 1, 2, 4, 8 and 6.</remarks>
[Flags]
public enum KernelModes
{
    /// <summary>Every PC, in order.</summary>
    TracePc = 0,

    /// <summary>Every compare, in order.</summary>
    TraceCompare = 1,

    /// <summary>Each PC once.</summary>
    UniquePc = 2,

    /// <summary>Each pair of PCs that follow one another, once.</summary>
    UniqueEdge = 4,

    /// <summary>Each compare once: by type, operands and PC.</summary>
    UniqueCompare = 8,
}
