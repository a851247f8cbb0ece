namespace Edgewise.Instrumentation.Image;

/// <summary>Copies types out of signatures byte by byte, with type arguments in the places of type parameters (ECMA-335 II.23.2.12).</summary>
/// <param name="typeArguments">What stands for the type parameters of the type; empty: those stay.</param>
/// <param name="methodArguments">What stands for the type parameters of the method; empty: those stay.</param>
internal sealed class TypeSignature(byte[][] typeArguments, byte[][] methodArguments)
{
    private const byte Pointer = 0x0F;
    private const byte ByReference = 0x10;
    private const byte ValueType = 0x11;
    private const byte Class = 0x12;
    private const byte TypeVariable = 0x13;
    private const byte Array = 0x14;
    private const byte Instantiation = 0x15;
    private const byte FunctionPointer = 0x1B;
    private const byte Vector = 0x1D;
    private const byte MethodVariable = 0x1E;
    private const byte RequiredModifier = 0x1F;
    private const byte OptionalModifier = 0x20;
    private const byte Pinned = 0x45;
    private const int Deepest = 64;
    private const uint TypeRefTag = 1;

    private readonly ByteBuffer _output = new();

    /// <summary>A TypeRef as a class.</summary>
    public static byte[] Reference(int typeRefRow)
    {
        ByteBuffer signature = new();
        signature.WriteByte(Class);
        signature.WriteCompressedUInt32(((uint)typeRefRow << 2) | TypeRefTag);
        return signature.ToArray();
    }

    /// <summary>Row of the TypeRef that a class, a structure or an instantiation of one is; 0 for all else.</summary>
    public static int TypeRefOf(ReadOnlySpan<byte> type)
    {
        ByteCursor cursor = Cursor(type);
        byte code = cursor.UInt8();
        code = code == Instantiation ? cursor.UInt8() : code;
        uint token = code is Class or ValueType ? cursor.CompressedUInt32() : 0;
        return (token & 3) == TypeRefTag ? (int)(token >> 2) : 0;
    }

    /// <summary>The type arguments of an instantiation; none for all else.</summary>
    public static byte[][] ArgumentsOf(ReadOnlySpan<byte> type)
    {
        if (type.IsEmpty || type[0] != Instantiation)
        {
            return [];
        }

        ByteCursor cursor = Cursor(type);
        cursor.UInt16();
        cursor.CompressedUInt32();
        return Split(type[cursor.Position..]);
    }

    /// <summary>The types of a list with its count in front; none where it is empty.</summary>
    public static byte[][] Split(ReadOnlySpan<byte> list)
    {
        if (list.IsEmpty)
        {
            return [];
        }

        TypeSignature copy = new([], []);
        ByteCursor cursor = Cursor(list);
        byte[][] types = new byte[cursor.CompressedUInt32()][];
        for (int i = 0; i < types.Length; i++)
        {
            types[i] = copy.Read(ref cursor);
        }

        return types;
    }

    /// <summary>The next type, arguments put in.</summary>
    /// <exception cref="InstrumentationException">The signature is damaged.</exception>
    public byte[] Read(ref ByteCursor cursor)
    {
        _output.Clear();
        Copy(ref cursor, Deepest);
        return _output.ToArray();
    }

    private static ByteCursor Cursor(ReadOnlySpan<byte> type) => new(type, MetadataDiagnostics.Damaged, "signature of a type");

    private static InstrumentationException Damaged() => new(MetadataDiagnostics.Damaged, "a signature names a type argument that is not there, or is too deep");

    private void Copy(ref ByteCursor cursor, int depth)
    {
        if (depth == 0)
        {
            throw Damaged();
        }

        byte code = cursor.UInt8();
        if (code is TypeVariable or MethodVariable && (code == TypeVariable ? typeArguments : methodArguments) is { Length: > 0 } arguments)
        {
            uint number = cursor.CompressedUInt32();
            _output.WriteBytes(number < arguments.Length ? arguments[number] : throw Damaged());
            return;
        }

        _output.WriteByte(code);
        switch (code)
        {
            case Pointer or ByReference or Vector or Pinned:
                Copy(ref cursor, depth - 1);
                break;
            case ValueType or Class or TypeVariable or MethodVariable:
                CopyNumber(ref cursor);
                break;
            case RequiredModifier or OptionalModifier:
                CopyNumber(ref cursor);
                Copy(ref cursor, depth - 1);
                break;
            case Instantiation:
                _output.WriteByte(cursor.UInt8());
                CopyNumber(ref cursor);
                CopyMany(ref cursor, CopyNumber(ref cursor), depth);
                break;
            case Array:
                Copy(ref cursor, depth - 1);
                CopyNumber(ref cursor);
                CopyNumbers(ref cursor);
                CopyNumbers(ref cursor);
                break;
            case FunctionPointer:
                byte header = cursor.UInt8();
                _output.WriteByte(header);
                if ((header & 0x10) != 0)
                {
                    CopyNumber(ref cursor);
                }

                CopyMany(ref cursor, CopyNumber(ref cursor) + 1, depth);
                break;
            default:
                break;
        }
    }

    private void CopyMany(ref ByteCursor cursor, uint count, int depth)
    {
        for (; count > 0; count--)
        {
            Copy(ref cursor, depth - 1);
        }
    }

    private void CopyNumbers(ref ByteCursor cursor)
    {
        for (uint count = CopyNumber(ref cursor); count > 0; count--)
        {
            CopyNumber(ref cursor);
        }
    }

    private uint CopyNumber(ref ByteCursor cursor)
    {
        uint number = cursor.CompressedUInt32();
        _output.WriteCompressedUInt32(number);
        return number;
    }
}
