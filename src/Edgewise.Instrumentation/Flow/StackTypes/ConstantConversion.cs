namespace Edgewise.Instrumentation.Flow.StackTypes;

/// <summary>What <c>conv</c> makes of a constant (ECMA-335 III.3.27–29), so that it stays known.</summary>
internal static class ConstantConversion
{
    /// <summary>Converts an integer constant.</summary>
    /// <param name="constant">The constant.</param>
    /// <param name="target">Type that the instruction converts to.</param>
    /// <param name="opcode">The instruction.</param>
    /// <param name="value">The new value.</param>
    /// <returns>False where the result is not known: the source is no integer, or the conversion may overflow.</returns>
    public static bool TryConvert(in StackValue constant, StackType target, int opcode, out long value)
    {
        value = 0;
        if (!constant.IsConstant || !constant.Type.IsInteger())
        {
            return false;
        }

        long source = constant.Constant;
        bool isChecked = opcode is (>= 0x82 and <= 0x8B) or (>= 0xB3 and <= 0xBA) or 0xD4 or 0xD5;
        if (isChecked && (source < 0 || Truncate(source, target) != source))
        {
            return false;
        }

        // Only conv.u8, conv.u and conv.r.un read 32 bits as unsigned.
        bool zeroExtends = opcode is 0x6E or 0xE0 or 0x76;
        if (zeroExtends && constant.Kind == StackKind.I4)
        {
            source = (uint)source;
        }

        value = target switch
        {
            StackType.Single => BitConverter.SingleToUInt32Bits(source),
            StackType.Double => BitConverter.DoubleToInt64Bits(opcode == 0x76 ? (ulong)source : source),
            _ => Truncate(source, target),
        };
        return true;
    }

    private static long Truncate(long source, StackType target) => target switch
    {
        StackType.SByte => (sbyte)source,
        StackType.Byte => (byte)source,
        StackType.Int16 => (short)source,
        StackType.UInt16 => (ushort)source,
        StackType.Int32 or StackType.UInt32 => (int)source,
        _ => source,
    };
}
