using System.Buffers.Binary;

namespace Edgewise.Instrumentation.Il;

/// <summary>Tells which argument or local variable an instruction loads or stores.</summary>
internal static class LoadedVariable
{
    private const byte LdargZero = 0x02;
    private const byte LdlocZero = 0x06;
    private const byte StlocZero = 0x0A;
    private const byte LdargShort = 0x0E;
    private const byte LdlocShort = 0x11;
    private const byte StlocShort = 0x13;
    private const byte LdargSecond = 0x09;
    private const byte LdlocSecond = 0x0C;
    private const byte StlocSecond = 0x0E;

    /// <summary>The variable that is loaded: twice the number of an argument, or twice that of a local and one more; -1 if none is.</summary>
    public static int At(ReadOnlySpan<byte> code, int offset) => code[offset] switch
    {
        >= LdargZero and < LdlocZero => (code[offset] - LdargZero) * 2,
        >= LdlocZero and < StlocZero => Local(code[offset] - LdlocZero),
        LdargShort => code[offset + 1] * 2,
        LdlocShort => Local(code[offset + 1]),
        OpcodeTable.TwoBytePrefix when code[offset + 1] == LdargSecond => Number(code, offset) * 2,
        OpcodeTable.TwoBytePrefix when code[offset + 1] == LdlocSecond => Local(Number(code, offset)),
        _ => -1,
    };

    /// <summary>The local variable that is stored, in the same form; -1 if none is.</summary>
    public static int StoredAt(ReadOnlySpan<byte> code, int offset) => code[offset] switch
    {
        >= StlocZero and < LdargShort => Local(code[offset] - StlocZero),
        StlocShort => Local(code[offset + 1]),
        OpcodeTable.TwoBytePrefix when code[offset + 1] == StlocSecond => Local(Number(code, offset)),
        _ => -1,
    };

    private static int Local(int number) => (number * 2) + 1;

    private static int Number(ReadOnlySpan<byte> code, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(code[(offset + 2)..]);
}
