using System.Reflection.Emit;

namespace Edgewise.Symbols.Methods;

/// <summary>How many bytes of operand each IL opcode has.</summary>
internal static class IlOperands
{
    /// <summary>In the tables: the operand is a table of jump targets, preceded by its length.</summary>
    public const byte Switch = 0xFF;

    /// <summary>First byte of an opcode of two bytes.</summary>
    public const byte TwoBytePrefix = 0xFE;

    private static readonly byte[] OneByte = new byte[256];
    private static readonly byte[] TwoByte = new byte[256];

    static IlOperands()
    {
        foreach (System.Reflection.FieldInfo field in typeof(OpCodes).GetFields())
        {
            if (field.GetValue(null) is OpCode opCode)
            {
                (opCode.Size == 1 ? OneByte : TwoByte)[opCode.Value & 0xFF] = SizeOf(opCode.OperandType);
            }
        }
    }

    /// <summary>Bytes of operand of a one-byte opcode, or <see cref="Switch"/>.</summary>
    public static byte OfOneByte(byte opCode) => OneByte[opCode];

    /// <summary>Bytes of operand of the opcode <c>FE xx</c>.</summary>
    public static byte OfTwoByte(byte second) => TwoByte[second];

    private static byte SizeOf(OperandType type) => type switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => Switch,
        _ => 4,
    };
}
