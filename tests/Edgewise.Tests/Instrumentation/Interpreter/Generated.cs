using System.Reflection;
using System.Text;

namespace Edgewise.Tests.Instrumentation.Interpreter;

/// <summary>Arguments for real methods, made from their types: the same ones for the same seed, and fresh objects each time.</summary>
internal static class Generated
{
    private static readonly int[] Integers = [0, 1, 2, 3, 7, 10, 13, 32, 48, 65, 97, 127, 255, 1000, 65536, -1, -77, int.MaxValue, int.MinValue];

    private static readonly string[] Texts =
    [
        "", "a", "Hello, World", "2025-03-14T15:09:26.535+01:00", "a/b\\c..d/e.txt", "&amp;<b x='1'>&#x41;</b>", "-1.5e3", "true", "  spaced\tout \r\n", "#1e90ff",
        "{\"a\":[1,2.5,null],\"b\":\"\\u00e9\"}", "- x: &a [1, 2]\n- *a\n", "https://example.org:8080/p?q=1#f", "Ünïcödé 漢字 \U0001F600", "_identifier9", "0x1F", "1234567890123456789",
        "*emphasis* and `code`", "div > p:first-child, a[href^='x']", "aGVsbG8gd29ybGQ=", "int", "public", "IEnumerable`1", "get_Item", "utf-8", "12:34:56",
    ];

    /// <summary>Arguments for a method, or null where a type is not one that can be made.</summary>
    public static object?[]? Arguments(MethodBase method, int seed)
    {
        ParameterInfo[] parameters = method.GetParameters();
        object?[] arguments = new object?[parameters.Length];
        for (int i = 0; i < parameters.Length; i++)
        {
            if (!CanMake(parameters[i].ParameterType))
            {
                return null;
            }

            arguments[i] = Value(parameters[i].ParameterType, (seed * 7) + (i * 3));
        }

        return arguments;
    }

    private static bool CanMake(Type type) =>
        type.IsEnum || type == typeof(string) || type == typeof(object) || type == typeof(StringBuilder)
        || (type.IsPrimitive && type != typeof(nuint)) || type == typeof(decimal)
        || (type.IsSZArray && (type.GetElementType()!.IsPrimitive || type.GetElementType() == typeof(string)))
        || (Nullable.GetUnderlyingType(type) is { IsPrimitive: true });

    private static object? Value(Type type, int seed)
    {
        int number = Integers[seed % Integers.Length];
        string text = Texts[(seed / 2) % Texts.Length];
        if (type.IsEnum)
        {
            Array values = type.GetEnumValuesAsUnderlyingType();
            return Enum.ToObject(type, values.Length == 0 ? 0 : values.GetValue(seed % values.Length)!);
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return seed % 4 == 0 ? null : Value(underlying, seed);
        }

        if (type.IsSZArray)
        {
            // Long ones make loops that pass a counter's 256.
            int length = (seed % 5) switch { 0 => 0, 1 => 1, 2 => 8, 3 => 64, _ => 700 };
            Type element = type.GetElementType()!;
            Array array = Array.CreateInstance(element, length);
            for (int i = 0; i < length; i++)
            {
                array.SetValue(Value(element, seed + i), i);
            }

            return array;
        }

        unchecked
        {
            return Type.GetTypeCode(type) switch
            {
                TypeCode.String => seed % 11 == 0 ? null : seed % 9 == 0 ? string.Concat(Enumerable.Repeat(text, 40)) : text,
                TypeCode.Boolean => (seed & 1) == 0,
                TypeCode.Char => text.Length == 0 ? (char)number : text[seed % text.Length],
                TypeCode.Byte => (byte)number,
                TypeCode.SByte => (sbyte)number,
                TypeCode.Int16 => (short)number,
                TypeCode.UInt16 => (ushort)number,
                TypeCode.Int32 => number,
                TypeCode.UInt32 => (uint)number,
                TypeCode.Int64 => number * 3L,
                TypeCode.UInt64 => (ulong)number * 5,
                TypeCode.Single => number / 4f,
                TypeCode.Double => seed % 13 == 0 ? double.NaN : number / 8.0,
                TypeCode.Decimal => number / 16m,
                _ when type == typeof(nint) => (nint)(seed % 16),
                _ when type == typeof(StringBuilder) => new StringBuilder(text),
                _ => (seed % 5) switch { 0 => null, 1 => text, 2 => number, 3 => number / 2.0, _ => (object)'x' },
            };
        }
    }
}
