using System.Reflection;

namespace Edgewise.Tests.Instrumentation.RandomIl;

/// <summary>Arguments of random methods.</summary>
internal static class RandomArguments
{
    private static readonly long[] Integers = [0, 1, 5, -1, 7, 100, 255, -128, 300, 65535, int.MinValue, long.MaxValue, 0x1_0000_0005];
    private static readonly double[] Fractions = [0, 1.5, -2, double.NaN, 1e20, -0.0];

    /// <summary>Arguments of the original's types.</summary>
    public static object?[] Of(MethodBase method, int run) => [.. method.GetParameters().Select((parameter, index) => Value(parameter.ParameterType, (run * 5) + (index * 3)))];

    /// <summary>An argument as the same method of another image declares it: enumerations are types of their image.</summary>
    public static object? Cast(object? argument, ParameterInfo parameter) =>
        argument is Enum member ? Enum.ToObject(parameter.ParameterType, ((IConvertible)member).ToInt64(null)) : argument;

    private static object? Value(Type type, int seed)
    {
        long number = Integers[seed % Integers.Length];
        if (type.IsEnum)
        {
            return Enum.ToObject(type, number);
        }

        return unchecked(Type.GetTypeCode(type) switch
        {
            TypeCode.Boolean => (number & 1) != 0,
            TypeCode.Byte => (byte)number,
            TypeCode.SByte => (sbyte)number,
            TypeCode.Char => (char)number,
            TypeCode.UInt16 => (ushort)number,
            TypeCode.Int16 => (short)number,
            TypeCode.Int32 => (int)number,
            TypeCode.UInt32 => (uint)number,
            TypeCode.Int64 => number,
            TypeCode.UInt64 => (ulong)number,
            TypeCode.Single => (float)Fractions[seed % Fractions.Length],
            TypeCode.Double => Fractions[seed % Fractions.Length],
            _ when type == typeof(nint) => (nint)number,
            _ when type == typeof(nuint) => (nuint)(ulong)number,
            _ => seed % 2 == 0 ? null : (object)"argument",
        });
    }
}
