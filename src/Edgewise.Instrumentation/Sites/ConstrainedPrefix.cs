using System.Buffers.Binary;
using Edgewise.Instrumentation.Flow.StackTypes;
using Edgewise.Instrumentation.Il;

namespace Edgewise.Instrumentation.Sites;

/// <summary>Finds the <c>constrained.</c> prefix of a call, whose receiver is a pointer to a value of the type that it names.</summary>
internal static class ConstrainedPrefix
{
    private const byte Second = 0x16;

    /// <summary>The token that the prefix names, or 0 where there is none.</summary>
    public static int Token(ReadOnlySpan<byte> code, in StackSite site)
    {
        for (int offset = site.Start; offset < site.Offset;)
        {
            byte second = code[offset + 1];
            if (second == Second)
            {
                return BinaryPrimitives.ReadInt32LittleEndian(code[(offset + 2)..]);
            }

            offset += OpcodeTable.Operand(OpcodeTable.TwoByte[second]) == OperandKind.OneByte ? 3 : 2;
        }

        return 0;
    }
}
