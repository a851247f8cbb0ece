namespace Edgewise.Instrumentation.Flow.StackTypes;

/// <summary>First bytes of types in signatures (ECMA-335 II.23.1.16); those up to <see cref="Object"/> are also indexes of the primitive types in a <see cref="TypeTable"/>.</summary>
internal static class ElementCode
{
    public const byte Void = 0x01;
    public const byte Boolean = 0x02;
    public const byte Char = 0x03;
    public const byte SByte = 0x04;
    public const byte Byte = 0x05;
    public const byte Int16 = 0x06;
    public const byte UInt16 = 0x07;
    public const byte Int32 = 0x08;
    public const byte UInt32 = 0x09;
    public const byte Int64 = 0x0A;
    public const byte UInt64 = 0x0B;
    public const byte Single = 0x0C;
    public const byte Double = 0x0D;
    public const byte String = 0x0E;
    public const byte Pointer = 0x0F;
    public const byte ByReference = 0x10;
    public const byte ValueType = 0x11;
    public const byte Class = 0x12;
    public const byte TypeVariable = 0x13;
    public const byte Array = 0x14;
    public const byte Instantiation = 0x15;
    public const byte TypedReference = 0x16;
    public const byte IntPtr = 0x18;
    public const byte UIntPtr = 0x19;
    public const byte FunctionPointer = 0x1B;
    public const byte Object = 0x1C;
    public const byte Vector = 0x1D;
    public const byte MethodVariable = 0x1E;
    public const byte RequiredModifier = 0x1F;
    public const byte OptionalModifier = 0x20;
    public const byte Sentinel = 0x41;
    public const byte Pinned = 0x45;

    /// <summary>The primitive type that stands for a stack type where nothing more is known; 0 for those without one.</summary>
    public static byte Of(StackType type) => type switch
    {
        StackType.Boolean => Boolean,
        StackType.Byte => Byte,
        StackType.SByte => SByte,
        StackType.Char => Char,
        StackType.UInt16 => UInt16,
        StackType.Int16 => Int16,
        StackType.UInt32 => UInt32,
        StackType.Int32 => Int32,
        StackType.UInt64 => UInt64,
        StackType.Int64 => Int64,
        StackType.UIntPtr => UIntPtr,
        StackType.IntPtr => IntPtr,
        StackType.Single => Single,
        StackType.Double => Double,
        StackType.Object => Object,
        _ => 0,
    };

    /// <summary>What a primitive type is on the stack; <see cref="StackType.None"/> for codes that are no primitive type's.</summary>
    public static StackType ToStackType(int code) => code switch
    {
        Boolean => StackType.Boolean,
        Char => StackType.Char,
        SByte => StackType.SByte,
        Byte => StackType.Byte,
        Int16 => StackType.Int16,
        UInt16 => StackType.UInt16,
        Int32 => StackType.Int32,
        UInt32 => StackType.UInt32,
        Int64 => StackType.Int64,
        UInt64 => StackType.UInt64,
        Single => StackType.Single,
        Double => StackType.Double,
        String or Object => StackType.Object,
        TypedReference => StackType.ValueType,
        IntPtr => StackType.IntPtr,
        UIntPtr => StackType.UIntPtr,
        _ => StackType.None,
    };

    /// <summary>Code of the primitive type with a name in the namespace <c>System</c>, or 0.</summary>
    public static byte OfSystemType(string name) => name switch
    {
        "Void" => Void,
        "Boolean" => Boolean,
        "Char" => Char,
        "SByte" => SByte,
        "Byte" => Byte,
        "Int16" => Int16,
        "UInt16" => UInt16,
        "Int32" => Int32,
        "UInt32" => UInt32,
        "Int64" => Int64,
        "UInt64" => UInt64,
        "Single" => Single,
        "Double" => Double,
        "String" => String,
        "Object" => Object,
        "TypedReference" => TypedReference,
        "IntPtr" => IntPtr,
        "UIntPtr" => UIntPtr,
        _ => 0,
    };
}
