using System.Reflection.Metadata;

namespace Edgewise.Tests.Instrumentation.Interpreter;

/// <summary>The <c>conv</c> instructions of ECMA-335 III.3.27–29.</summary>
internal static class Conversion
{
    /// <summary>Converts a stack value.</summary>
    /// <exception cref="GuestException">A checked conversion overflows.</exception>
    public static object Convert(ILOpCode opcode, object? value)
    {
        if (value is float single)
        {
            value = (double)single;
        }

        try
        {
            return opcode switch
            {
                ILOpCode.Conv_r4 => (float)ToDouble(value),
                ILOpCode.Conv_r8 => ToDouble(value),
                ILOpCode.Conv_r_un => (double)ToUInt64(value),
                _ when value is double d => FromDouble(opcode, d),
                _ => FromInteger(opcode, value),
            };
        }
        catch (OverflowException exception)
        {
            throw new GuestException(exception);
        }
    }

    private static object FromInteger(ILOpCode opcode, object? value) => opcode switch
    {
        ILOpCode.Conv_i1 => (object)(int)unchecked((sbyte)ToInt64(value)),
        ILOpCode.Conv_u1 => (int)unchecked((byte)ToInt64(value)),
        ILOpCode.Conv_i2 => (int)unchecked((short)ToInt64(value)),
        ILOpCode.Conv_u2 => (int)unchecked((ushort)ToInt64(value)),
        ILOpCode.Conv_i4 or ILOpCode.Conv_u4 => unchecked((int)ToInt64(value)),
        ILOpCode.Conv_i8 => ToInt64(value),
        ILOpCode.Conv_u8 => unchecked((long)ToUInt64(value)),
        ILOpCode.Conv_i => (nint)ToInt64(value),
        ILOpCode.Conv_u => unchecked((nint)ToUInt64(value)),
        ILOpCode.Conv_ovf_i1 => (int)checked((sbyte)ToInt64(value)),
        ILOpCode.Conv_ovf_u1 => (int)checked((byte)ToInt64(value)),
        ILOpCode.Conv_ovf_i2 => (int)checked((short)ToInt64(value)),
        ILOpCode.Conv_ovf_u2 => (int)checked((ushort)ToInt64(value)),
        ILOpCode.Conv_ovf_i4 => checked((int)ToInt64(value)),
        ILOpCode.Conv_ovf_u4 => unchecked((int)checked((uint)ToInt64(value))),
        ILOpCode.Conv_ovf_i8 => ToInt64(value),
        ILOpCode.Conv_ovf_u8 => unchecked((long)checked((ulong)ToInt64(value))),
        ILOpCode.Conv_ovf_i => (nint)ToInt64(value),
        ILOpCode.Conv_ovf_u => unchecked((nint)checked((ulong)ToInt64(value))),
        ILOpCode.Conv_ovf_i1_un => (int)checked((sbyte)ToUInt64(value)),
        ILOpCode.Conv_ovf_u1_un => (int)checked((byte)ToUInt64(value)),
        ILOpCode.Conv_ovf_i2_un => (int)checked((short)ToUInt64(value)),
        ILOpCode.Conv_ovf_u2_un => (int)checked((ushort)ToUInt64(value)),
        ILOpCode.Conv_ovf_i4_un => checked((int)ToUInt64(value)),
        ILOpCode.Conv_ovf_u4_un => unchecked((int)checked((uint)ToUInt64(value))),
        ILOpCode.Conv_ovf_i8_un => checked((long)ToUInt64(value)),
        ILOpCode.Conv_ovf_u8_un => unchecked((long)ToUInt64(value)),
        ILOpCode.Conv_ovf_i_un => (nint)checked((long)ToUInt64(value)),
        ILOpCode.Conv_ovf_u_un => unchecked((nint)ToUInt64(value)),
        _ => throw new NotInterpretableException($"{opcode}"),
    };

    // The runtime saturates unchecked conversions of floats, as C# does; the small types go through int.
    private static object FromDouble(ILOpCode opcode, double value) => opcode switch
    {
        ILOpCode.Conv_i1 => (object)(int)unchecked((sbyte)(int)value),
        ILOpCode.Conv_u1 => (int)unchecked((byte)(int)value),
        ILOpCode.Conv_i2 => (int)unchecked((short)(int)value),
        ILOpCode.Conv_u2 => (int)unchecked((ushort)(int)value),
        ILOpCode.Conv_i4 => unchecked((int)value),
        ILOpCode.Conv_u4 => unchecked((int)(uint)value),
        ILOpCode.Conv_i8 => unchecked((long)value),
        ILOpCode.Conv_u8 => unchecked((long)(ulong)value),
        ILOpCode.Conv_i => unchecked((nint)value),
        ILOpCode.Conv_u => unchecked((nint)(nuint)value),
        ILOpCode.Conv_ovf_i4 => checked((int)value),
        ILOpCode.Conv_ovf_u4 => unchecked((int)checked((uint)value)),
        ILOpCode.Conv_ovf_i8 => checked((long)value),
        ILOpCode.Conv_ovf_u8 => unchecked((long)checked((ulong)value)),
        ILOpCode.Conv_ovf_i => checked((nint)value),
        ILOpCode.Conv_ovf_u1 => (int)checked((byte)value),
        ILOpCode.Conv_ovf_i1 => (int)checked((sbyte)value),
        ILOpCode.Conv_ovf_i2 => (int)checked((short)value),
        ILOpCode.Conv_ovf_u2 => (int)checked((ushort)value),
        _ => throw new NotInterpretableException($"{opcode} of a float"),
    };

    private static long ToInt64(object? value) => value switch
    {
        int n => n,
        long n => n,
        nint n => n,
        _ => throw new NotInterpretableException($"a conversion of {value?.GetType()}"),
    };

    // "Unsigned" widens an int by zeros.
    private static ulong ToUInt64(object? value) => unchecked(value is int n ? (uint)n : (ulong)ToInt64(value));

    private static double ToDouble(object? value) => value is double d ? d : ToInt64(value);
}
