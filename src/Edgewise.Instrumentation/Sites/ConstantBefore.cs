using System.Buffers.Binary;
using Edgewise.Instrumentation.Il;

namespace Edgewise.Instrumentation.Sites;

/// <summary>Reads integer constants from their ends, as they stand in front of the instruction that takes them: <c>ldc.i4</c> or <c>ldc.i8</c>, and what widens it.</summary>
internal static class ConstantBefore
{
    /// <summary>Offset of the instruction in front of one, or -1 where that would lie before <paramref name="start"/>.</summary>
    public static int Instruction(MethodBody body, int offset, int start)
    {
        do
        {
            offset--;
        }
        while (offset >= start && (body.Marks[offset] & MethodBody.InstructionStart) == 0);
        return offset < start ? -1 : offset;
    }

    /// <summary>Reads the constant that ends at an offset.</summary>
    /// <param name="code">IL of the body.</param>
    /// <param name="body">Its marks.</param>
    /// <param name="start">Where the block begins.</param>
    /// <param name="at">Offset behind the constant; then that of its first instruction.</param>
    /// <param name="constant">Its value, sign-extended, unless <c>conv.u8</c> or <c>conv.u</c> widens it.</param>
    /// <returns>False if there is none.</returns>
    public static bool TryRead(ReadOnlySpan<byte> code, MethodBody body, int start, ref int at, out long constant)
    {
        constant = 0;
        at = Instruction(body, at, start);
        byte conversion = at < 0 ? default : code[at];
        if (conversion is Opcode.ConvI8 or Opcode.ConvU8 or Opcode.ConvI or Opcode.ConvU)
        {
            at = Instruction(body, at, start);
        }

        if (at < 0)
        {
            return false;
        }

        if (code[at] == Opcode.LdcI8)
        {
            constant = BinaryPrimitives.ReadInt64LittleEndian(code[(at + 1)..]);
            return true;
        }

        bool isConstant = LoadedConstant.TryRead(code, at, out int value);
        constant = conversion is Opcode.ConvU8 or Opcode.ConvU ? (uint)value : value;
        return isConstant;
    }
}
