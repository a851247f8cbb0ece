using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Edgewise.Feedback.Kernels;

/// <summary>16 bytes: SSSE3 or NEON, the narrowest with a byte shuffle.</summary>
internal readonly struct Lanes128 : ILanes<Vector128<byte>>
{
    public static bool IsSupported => Ssse3.IsSupported || AdvSimd.Arm64.IsSupported;

    /// <inheritdoc/>
    /// <remarks>
    /// One look-up by the low half of the byte, one by the high half. The native shuffles disagree on an index above 15
    /// (SSSE3 takes its low bits or gives zero, NEON gives zero), but whatever the first look-up gives there is at most 16, and the
    /// second gives at least 32, so that the larger of both is right on every machine.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Classify(Vector128<byte> counters) => Vector128.Max(
        Vector128.ShuffleNative(ClassTables.BelowSixteen128, counters),
        Vector128.ShuffleNative(ClassTables.ByHighHalf128, counters >>> 4));

    public static Vector128<byte> Zero => Vector128<byte>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Load(ref byte source, nuint offset) => Vector128.LoadUnsafe(ref source, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<byte> value, ref byte destination, nuint offset) => value.StoreUnsafe(ref destination, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Or(Vector128<byte> left, Vector128<byte> right) => left | right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> AndNot(Vector128<byte> left, Vector128<byte> right) => Vector128.AndNot(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Max(Vector128<byte> left, Vector128<byte> right) => Vector128.Max(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> SubtractSaturate(Vector128<byte> left, Vector128<byte> right) => Vector128.SubtractSaturate(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> WhereZero(Vector128<byte> condition, Vector128<byte> value) =>
        Vector128.Equals(condition, Vector128<byte>.Zero) & value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsZero(Vector128<byte> value) => value == Vector128<byte>.Zero;
}
