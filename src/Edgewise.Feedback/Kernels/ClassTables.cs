using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Edgewise.Feedback.Kernels;

/// <summary>
/// The classes as tables of 16 for a byte shuffle, once in each 16 bytes of a vector. Properties, not fields: once inlined they are
/// constants to the JIT, which keeps them in registers. The bytes of each constant read from right to left.
/// </summary>
internal static class ClassTables
{
    // Class of the counters 0 to 15.
    private const ulong From0 = 0x08_08_08_08_04_02_01_00;
    private const ulong From8 = 0x10_10_10_10_10_10_10_10;

    // Class of a counter above 15, by its high four bits; 0 for one below.
    private const ulong From0x00 = 0x40_40_40_40_40_40_20_00;
    private const ulong From0x80 = 0x80_80_80_80_80_80_80_80;

    public static Vector128<byte> BelowSixteen128
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.Create(From0, From8).AsByte();
    }

    public static Vector128<byte> ByHighHalf128
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.Create(From0x00, From0x80).AsByte();
    }

    public static Vector256<byte> BelowSixteen256
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.Create(From0, From8, From0, From8).AsByte();
    }

    public static Vector256<byte> ByHighHalf256
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.Create(From0x00, From0x80, From0x00, From0x80).AsByte();
    }

    public static Vector512<byte> BelowSixteen512
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(From0, From8, From0, From8, From0, From8, From0, From8).AsByte();
    }

    public static Vector512<byte> ByHighHalf512
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(From0x00, From0x80, From0x00, From0x80, From0x00, From0x80, From0x00, From0x80).AsByte();
    }
}
