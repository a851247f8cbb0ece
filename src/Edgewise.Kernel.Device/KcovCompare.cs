using System.Runtime.InteropServices;

namespace Edgewise.Kernel.Device;

/// <summary>A compare that the kernel made: four words of the area of a trace of compares.</summary>
/// <param name="Type">Bit 0: one operand is a constant of the source. Bits 1–2: logarithm of the operands' bytes.</param>
/// <param name="First">An operand, the constant if there is one; not extended by its sign.</param>
/// <param name="Second">The other.</param>
/// <param name="Pc">Return address of the callback, without KASLR's offset.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct KcovCompare(ulong Type, ulong First, ulong Second, ulong Pc)
{
    /// <summary>Words of a record.</summary>
    public const int Words = 4;

    /// <summary>The largest type that kcov writes.</summary>
    public const ulong LastType = 7;

    /// <summary>True if an operand is a constant of the source.</summary>
    public bool HasConstant => (Type & 1) != 0;

    /// <summary>Bytes of an operand: 1, 2, 4 or 8.</summary>
    public int Size => 1 << (int)((Type >> 1) & 3);
}
