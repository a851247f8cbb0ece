namespace Edgewise.Kernel.Modes;

/// <summary>Two PCs that followed one another. The first event of a trace follows 0.</summary>
/// <param name="From">The PC before.</param>
/// <param name="To">The PC.</param>
public readonly record struct KernelEdge(ulong From, ulong To)
{
    private const ulong Mask = 0xFFF;
    private const ulong GoldenRatio = 0x61C8_8646_80B5_83EB;

    /// <summary>The edge in one word, as the unique modes of January 2025 have it: not exact, as only 12 bits of the PC before are in it.</summary>
    /// <remarks>Source: the series' <c>kcov.c</c>, where <c>hash_long</c> with 64 bits is the product with the golden ratio.</remarks>
    public ulong Word => ((From & Mask) * GoldenRatio & Mask) ^ To;
}
