using Edgewise.Instrumentation.Image;

namespace Edgewise.Instrumentation.Il;

/// <summary>Writes the few instruction shapes that probes and the holder's class constructor share.</summary>
internal static class Emitter
{
    private const int TokenInstructionSize = 5;

    /// <summary>Bytes of the shortest <c>ldc.i4</c> for a value.</summary>
    public static int ConstantSize(int value) => value switch
    {
        >= -1 and <= 8 => 1,
        >= sbyte.MinValue and <= sbyte.MaxValue => 2,
        _ => 5,
    };

    /// <summary>Writes the shortest <c>ldc.i4</c> for a value.</summary>
    public static void Constant(ByteBuffer il, int value)
    {
        switch (value)
        {
            case >= -1 and <= 8:
                il.WriteByte((byte)(Opcode.LdcI4Zero + value));
                break;
            case >= sbyte.MinValue and <= sbyte.MaxValue:
                il.WriteByte(Opcode.LdcI4Short);
                il.WriteByte((byte)value);
                break;
            default:
                il.WriteByte(Opcode.LdcI4);
                il.WriteInt32(value);
                break;
        }
    }

    /// <summary>Bytes of <see cref="Address"/>.</summary>
    public static int AddressSize(int offset) =>
        TokenInstructionSize + (offset == 0 ? 0 : ConstantSize(offset) + 1);

    /// <summary>Writes <c>ldsfld field; ldc.i4 offset; add</c>, without the addition where the offset is zero.</summary>
    public static void Address(ByteBuffer il, int field, int offset)
    {
        Token(il, Opcode.Ldsfld, field);
        if (offset != 0)
        {
            Constant(il, offset);
            il.WriteByte(Opcode.Add);
        }
    }

    /// <summary>Writes an instruction whose operand is a token.</summary>
    public static void Token(ByteBuffer il, byte opcode, int token)
    {
        il.WriteByte(opcode);
        il.WriteInt32(token);
    }
}
