using System.Numerics;

namespace Edgewise.Runtime.Sessions;

/// <summary>A recorded comparison: kcov's four words.</summary>
/// <param name="Type"><c>KCOV_CMP_CONST</c> (bit 0) where <paramref name="Left"/> is a constant, and the binary logarithm of the size in bytes in bits 1 and 2.</param>
/// <param name="Left">First operand, zero-extended.</param>
/// <param name="Right">Second operand, zero-extended.</param>
/// <param name="Pc">PC of the comparison.</param>
public readonly record struct TraceCompare(ulong Type, ulong Left, ulong Right, ulong Pc)
{
    /// <summary>Words of a record.</summary>
    public const int Words = 4;

    private const int Constant = 1;

    /// <summary>True where the first operand is a constant, or a case of a switch.</summary>
    public bool IsConstant => (Type & Constant) != 0;

    /// <summary>Bytes of each operand.</summary>
    public int Size => 1 << (int)((Type >> 1) & 3);

    internal static ulong TypeOf(int size, bool isConstant) => ((ulong)BitOperations.Log2((uint)size) << 1) | (isConstant ? Constant : 0UL);
}
