namespace Edgewise.Tests.Instrumentation.RandomIl;

/// <summary>What a variable, field or element is declared as.</summary>
internal enum ValueType
{
    Boolean,
    Byte,
    SByte,
    Char,
    UInt16,
    Int16,
    Int32,
    UInt32,
    ByteEnum,
    Int16Enum,
    Int64,
    UInt64,
    Int64Enum,
    IntPtr,
    UIntPtr,
    Single,
    Double,
    Object,
}

/// <summary>What the evaluation stack tells apart.</summary>
internal enum ValueKind
{
    Int32,
    Int64,
    Native,
    Single,
    Double,
    Object,
}

/// <summary>Facts about types.</summary>
internal static class ValueTypes
{
    /// <summary>Kind of value on the stack.</summary>
    public static ValueKind Kind(this ValueType type) => type switch
    {
        <= ValueType.Int16Enum => ValueKind.Int32,
        <= ValueType.Int64Enum => ValueKind.Int64,
        <= ValueType.UIntPtr => ValueKind.Native,
        ValueType.Single => ValueKind.Single,
        ValueType.Double => ValueKind.Double,
        _ => ValueKind.Object,
    };

    /// <summary>Least and greatest value of an integer.</summary>
    public static (long Least, long Greatest) Range(this ValueType type) => type switch
    {
        ValueType.Boolean => (0, 1),
        ValueType.Byte or ValueType.ByteEnum => (0, byte.MaxValue),
        ValueType.SByte => (sbyte.MinValue, sbyte.MaxValue),
        ValueType.Char or ValueType.UInt16 => (0, ushort.MaxValue),
        ValueType.Int16 or ValueType.Int16Enum => (short.MinValue, short.MaxValue),
        ValueType.UInt32 => (0, uint.MaxValue),
        ValueType.Int32 => (int.MinValue, int.MaxValue),
        _ => (long.MinValue, long.MaxValue),
    };

    /// <summary>The types of a kind.</summary>
    public static ValueType[] Of(ValueKind kind) => [.. Enum.GetValues<ValueType>().Where(type => type.Kind() == kind)];
}
