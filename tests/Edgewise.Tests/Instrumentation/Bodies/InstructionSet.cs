using System.Reflection;
using System.Reflection.Emit;

namespace Edgewise.Tests.Instrumentation.Bodies;

/// <summary>Every opcode by its value, from the framework's own list: nothing here comes from the product's tables.</summary>
internal static class InstructionSet
{
    private static readonly OpCode?[] OneByte = new OpCode?[256];
    private static readonly OpCode?[] TwoByte = new OpCode?[256];

    static InstructionSet()
    {
        foreach (FieldInfo field in typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            var opcode = (OpCode)field.GetValue(null)!;
            (opcode.Size == 1 ? OneByte : TwoByte)[opcode.Value & 0xFF] = opcode.OpCodeType == OpCodeType.Nternal ? null : opcode;
        }
    }

    /// <summary>The opcode with a one-byte value, or the second byte of one that begins with 0xFE.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public static OpCode Of(byte value, bool twoByte) =>
        (twoByte ? TwoByte : OneByte)[value] ?? throw new InvalidDataException($"no opcode {(twoByte ? "FE " : "")}{value:X2}");

    /// <summary>The long form of a short branch; any other opcode as it is.</summary>
    public static OpCode Widen(OpCode opcode) =>
        opcode.OperandType != OperandType.ShortInlineBrTarget ? opcode
        : opcode == OpCodes.Leave_S ? OpCodes.Leave
        : Of((byte)(opcode.Value - OpCodes.Br_S.Value + OpCodes.Br.Value), twoByte: false);
}
