using Edgewise.Instrumentation.Image;

namespace Edgewise.Instrumentation.Il;

/// <summary>Writes the shortest loads and stores of local variables.</summary>
internal static class Locals
{
    private const byte LdlocZero = 0x06;
    private const byte StlocZero = 0x0A;
    private const byte LdlocShort = 0x11;
    private const byte LdlocaShort = 0x12;
    private const byte StlocShort = 0x13;
    private const byte LdlocSecond = 0x0C;
    private const byte LdlocaSecond = 0x0D;
    private const byte StlocSecond = 0x0E;

    /// <summary>Writes <c>ldloc</c>.</summary>
    public static void Load(ByteBuffer il, int variable) => Write(il, variable, LdlocZero, LdlocShort, LdlocSecond);

    /// <summary>Bytes of <see cref="Load"/>.</summary>
    public static int LoadSize(int variable) => variable < 4 ? 1 : variable <= byte.MaxValue ? 2 : 4;

    /// <summary>Writes <c>stloc</c>.</summary>
    public static void Store(ByteBuffer il, int variable) => Write(il, variable, StlocZero, StlocShort, StlocSecond);

    /// <summary>Writes <c>ldloca</c>.</summary>
    public static void LoadAddress(ByteBuffer il, int variable) => Write(il, variable, 0, LdlocaShort, LdlocaSecond);

    private static void Write(ByteBuffer il, int variable, byte zero, byte shortForm, byte second)
    {
        if (variable < 4 && zero != 0)
        {
            il.WriteByte((byte)(zero + variable));
        }
        else if (variable <= byte.MaxValue)
        {
            il.WriteByte(shortForm);
            il.WriteByte((byte)variable);
        }
        else
        {
            il.WriteByte(OpcodeTable.TwoBytePrefix);
            il.WriteByte(second);
            il.WriteUInt16(checked((ushort)variable));
        }
    }
}
