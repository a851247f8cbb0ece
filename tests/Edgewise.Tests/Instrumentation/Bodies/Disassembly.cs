using System.Buffers.Binary;
using System.Reflection.Emit;

namespace Edgewise.Tests.Instrumentation.Bodies;

/// <summary>Decodes IL after ECMA-335 III, from the framework's list of opcodes.</summary>
internal static class Disassembly
{
    /// <summary>The instructions of a body in order.</summary>
    /// <exception cref="InvalidDataException">A byte is no opcode, or an operand is cut off.</exception>
    public static List<Instruction> Of(ReadOnlySpan<byte> il)
    {
        var instructions = new List<Instruction>(il.Length / 2);
        int offset = 0;
        while (offset < il.Length)
        {
            Instruction instruction = At(il, offset);
            instructions.Add(instruction);
            offset = instruction.End;
        }

        return instructions;
    }

    private static Instruction At(ReadOnlySpan<byte> il, int offset)
    {
        bool twoByte = il[offset] == 0xFE;
        OpCode opcode = InstructionSet.Of(il[offset + (twoByte ? 1 : 0)], twoByte);
        int at = offset + opcode.Size;
        ReadOnlySpan<byte> rest = il[at..];
        switch (opcode.OperandType)
        {
            case OperandType.InlineNone:
                return new(offset, at, opcode, 0, null);
            case OperandType.ShortInlineI or OperandType.ShortInlineVar:
                return new(offset, at + 1, opcode, opcode == OpCodes.Ldc_I4_S ? (sbyte)rest[0] : rest[0], null);
            case OperandType.ShortInlineBrTarget:
                return new(offset, at + 1, opcode, at + 1 + (sbyte)rest[0], null);
            case OperandType.InlineVar:
                return new(offset, at + 2, opcode, BinaryPrimitives.ReadUInt16LittleEndian(rest), null);
            case OperandType.InlineI8 or OperandType.InlineR:
                return new(offset, at + 8, opcode, BinaryPrimitives.ReadInt64LittleEndian(rest), null);
            case OperandType.InlineBrTarget:
                return new(offset, at + 4, opcode, at + 4 + BinaryPrimitives.ReadInt32LittleEndian(rest), null);
            case OperandType.InlineSwitch:
                int count = BinaryPrimitives.ReadInt32LittleEndian(rest);
                int end = at + 4 + (count * 4);
                int[] targets = new int[count];
                for (int arm = 0; arm < count; arm++)
                {
                    targets[arm] = end + BinaryPrimitives.ReadInt32LittleEndian(rest[(4 + (arm * 4))..]);
                }

                return new(offset, end, opcode, count, targets);
            default:
                return new(offset, at + 4, opcode, BinaryPrimitives.ReadInt32LittleEndian(rest), null);
        }
    }
}
