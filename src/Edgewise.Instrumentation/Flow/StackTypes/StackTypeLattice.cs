using System.Numerics;

namespace Edgewise.Instrumentation.Flow.StackTypes;

/// <summary>The order of <see cref="StackType"/> and what follows from a type.</summary>
/// <remarks>
/// Invariants: a type lies below itself and <see cref="StackType.Unknown"/>; a join lies above both of its operands; a value that was joined
/// never goes down again, so that a chain of joins has at most as many steps as there are members.
/// Beside the ranges of integers, the relation has what compilers of IL accept at joins: a 32-bit integer becomes a native one,
/// that becomes a managed pointer, and <c>float32</c> becomes <c>float64</c>. A type of an assembly that is not at hand lies below
/// the full integers, because a valid program joins it with an integer only if it is an enumeration of that kind.
/// </remarks>
internal static class StackTypeLattice
{
    private const uint Top = 1u << (int)StackType.Unknown;
    private const uint AboveManagedPointer = 1u << (int)StackType.ManagedPointer | Top;
    private const uint AboveNativeInt = 1u << (int)StackType.IntPtr | AboveManagedPointer;
    private const uint AboveInt32 = 1u << (int)StackType.Int32 | AboveNativeInt;
    private const uint AboveUInt32 = 1u << (int)StackType.UInt32 | AboveInt32;
    private const uint AboveInt64 = 1u << (int)StackType.Int64 | Top;
    private const uint AboveInt16 = 1u << (int)StackType.Int16 | AboveInt32;
    private const uint AboveUInt16 = 1u << (int)StackType.UInt16 | AboveUInt32;
    private const uint AboveChar = 1u << (int)StackType.Char | AboveUInt16;
    private const uint AboveSByte = 1u << (int)StackType.SByte | AboveInt16;
    private const uint AboveByte = 1u << (int)StackType.Byte | AboveChar | AboveInt16;
    private const uint AboveObject = 1u << (int)StackType.Object | Top;
    private const uint AboveValueType = 1u << (int)StackType.ValueType | Top;

    // Members that a type lies below, as bits; by type.
    private static ReadOnlySpan<uint> Above =>
    [
        ~0u,
        1u << (int)StackType.Boolean | AboveByte | AboveSByte,
        AboveByte,
        AboveSByte,
        AboveChar,
        AboveUInt16,
        AboveInt16,
        1u << (int)StackType.Unresolved | AboveInt32 | AboveInt64 | AboveObject | AboveValueType,
        AboveUInt32,
        AboveInt32,
        1u << (int)StackType.UInt64 | AboveInt64,
        AboveInt64,
        1u << (int)StackType.UIntPtr | AboveNativeInt,
        AboveNativeInt,
        1u << (int)StackType.Single | 1u << (int)StackType.Double | Top,
        1u << (int)StackType.Double | Top,
        AboveObject,
        AboveManagedPointer,
        AboveValueType,
        1u << (int)StackType.GenericParameter | Top,
        Top,
    ];

    /// <summary>The first type that holds all values of both.</summary>
    public static StackType Join(StackType left, StackType right) =>
        left == right ? left : (StackType)BitOperations.TrailingZeroCount(Above[(int)left] & Above[(int)right]);

    /// <summary>The smallest type of its kind that holds a constant of a full type: that of the value beside it if it does; else one that is not negative may be unsigned.</summary>
    public static StackType Smallest(StackType type, long constant, StackType beside) => type switch
    {
        StackType.Int32 when (beside == StackType.SByte && constant == (sbyte)constant) || (beside == StackType.Int16 && constant == (short)constant) => beside,
        StackType.Int32 => Smallest(constant),
        StackType.Int64 when constant >= 0 => StackType.UInt64,
        StackType.IntPtr when constant >= 0 => StackType.UIntPtr,
        _ => type,
    };

    /// <summary>Kind of value on the stack.</summary>
    public static StackKind Kind(this StackType type) => type switch
    {
        >= StackType.Boolean and <= StackType.Int16 or StackType.UInt32 or StackType.Int32 => StackKind.I4,
        StackType.UInt64 or StackType.Int64 => StackKind.I8,
        StackType.UIntPtr or StackType.IntPtr => StackKind.NativeInt,
        StackType.Single => StackKind.F4,
        StackType.Double => StackKind.F8,
        StackType.Object => StackKind.O,
        StackType.ManagedPointer => StackKind.ManagedPointer,
        StackType.ValueType => StackKind.ValueType,
        _ => StackKind.Unknown,
    };

    /// <summary>True for integers of a known width.</summary>
    public static bool IsInteger(this StackType type) => type.Kind() is StackKind.I4 or StackKind.I8 or StackKind.NativeInt;

    /// <summary>Bytes of an integer as it was declared, or of a floating-point number; 8 for those as wide as an address; else 0.</summary>
    public static int Width(this StackType type) => type switch
    {
        StackType.Boolean or StackType.Byte or StackType.SByte => 1,
        StackType.Char or StackType.UInt16 or StackType.Int16 => 2,
        StackType.UInt32 or StackType.Int32 or StackType.Single => 4,
        >= StackType.UInt64 and <= StackType.IntPtr or StackType.Double => 8,
        _ => 0,
    };

    /// <summary>True for integers that were declared signed.</summary>
    public static bool IsSigned(this StackType type) =>
        type is StackType.SByte or StackType.Int16 or StackType.Int32 or StackType.Int64 or StackType.IntPtr;

    private static StackType Smallest(long constant) => constant switch
    {
        0 or 1 => StackType.Boolean,
        >= 0 and <= byte.MaxValue => StackType.Byte,
        >= sbyte.MinValue and < 0 => StackType.SByte,
        >= 0 and <= ushort.MaxValue => StackType.UInt16,
        >= short.MinValue and < 0 => StackType.Int16,
        >= 0 => StackType.UInt32,
        _ => StackType.Int32,
    };
}
