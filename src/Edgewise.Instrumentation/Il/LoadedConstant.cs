using System.Buffers.Binary;

namespace Edgewise.Instrumentation.Il;

/// <summary>Reads the forms of <c>ldc.i4</c>.</summary>
internal static class LoadedConstant
{
    /// <summary>The constant that an instruction pushes.</summary>
    /// <returns>False if it is no <c>ldc.i4</c>.</returns>
    public static bool TryRead(ReadOnlySpan<byte> code, int offset, out int constant)
    {
        byte opcode = code[offset];
        constant = opcode switch
        {
            >= Opcode.LdcI4M1 and < Opcode.LdcI4Short => opcode - Opcode.LdcI4Zero,
            Opcode.LdcI4Short => (sbyte)code[offset + 1],
            Opcode.LdcI4 => BinaryPrimitives.ReadInt32LittleEndian(code[(offset + 1)..]),
            _ => 0,
        };
        return opcode is >= Opcode.LdcI4M1 and <= Opcode.LdcI4;
    }

    /// <summary>Bytes of the <c>ldc.i4</c> at an offset.</summary>
    public static int Size(ReadOnlySpan<byte> code, int offset) => code[offset] switch
    {
        Opcode.LdcI4 => 5,
        Opcode.LdcI4Short => 2,
        _ => 1,
    };
}
