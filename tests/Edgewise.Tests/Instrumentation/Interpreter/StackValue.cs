using System.Runtime.CompilerServices;

namespace Edgewise.Tests.Instrumentation.Interpreter;

/// <summary>Values as they stand on the evaluation stack (ECMA-335 III.1.1): int, long, nint, float, double, references, <see cref="Place"/>s, structures, <see cref="Boxed"/>.</summary>
/// <remarks>A nullable structure is null or its boxed value.</remarks>
internal static class StackValue
{
    /// <summary>What a variable of a type holds at first.</summary>
    public static object? Default(Type type)
    {
        if (type.IsByRefLike || type.IsPointer || type.IsFunctionPointer)
        {
            throw new NotInterpretableException($"a value of type {type}");
        }

        return type.IsByRef || !type.IsValueType || Nullable.GetUnderlyingType(type) is not null ? null : Widen(RuntimeHelpers.GetUninitializedObject(type), type);
    }

    /// <summary>A stack value that shares nothing with another one: structures are copied.</summary>
    public static object? Copy(object? value) =>
        value is null or Place or Boxed || !value.GetType().IsValueType ? value : RuntimeHelpers.GetObjectValue(value);

    /// <summary>A value of a type as it stands on the stack: small integers as int, what is boxed as <see cref="Boxed"/>, structures copied.</summary>
    public static object? Widen(object? value, Type type)
    {
        if (value is not null && !type.IsValueType && !type.IsByRef && value.GetType().IsValueType)
        {
            return new Boxed(value);
        }

        switch (value)
        {
            case null or string or int or long or double or float or nint or Place:
                return value;
            case bool b:
                return b ? 1 : 0;
            case byte n:
                return (int)n;
            case sbyte n:
                return (int)n;
            case short n:
                return (int)n;
            case ushort n:
                return (int)n;
            case char n:
                return (int)n;
            case uint n:
                return unchecked((int)n);
            case ulong n:
                return unchecked((long)n);
            case nuint n:
                return unchecked((nint)n);
            case Enum e:
                Type underlying = Enum.GetUnderlyingType(e.GetType());
                return Widen(Convert.ChangeType(e, underlying, System.Globalization.CultureInfo.InvariantCulture), underlying);
            default:
                return value.GetType().IsValueType ? RuntimeHelpers.GetObjectValue(value) : value;
        }
    }

    /// <summary>A value as it is when it is stored to a type, or passed to real code.</summary>
    public static object? Narrow(object? value, Type type)
    {
        if (type.IsPointer || type.IsFunctionPointer || type.IsByRefLike)
        {
            throw new NotInterpretableException($"a value of type {type}");
        }

        if (value is Place && !type.IsByRef)
        {
            throw new NotInterpretableException("a managed pointer stored as a value");
        }

        if (!type.IsValueType || value is null)
        {
            return value is Boxed boxed ? boxed.Value : value;
        }

        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum)
        {
            return Enum.ToObject(type, Narrow(value, Enum.GetUnderlyingType(type))!);
        }

        if (value.GetType() == type)
        {
            return RuntimeHelpers.GetObjectValue(value);
        }

        unchecked
        {
            return Type.GetTypeCode(type) switch
            {
                TypeCode.Boolean when value is int n => (byte)n != 0,
                TypeCode.Byte when value is int n => (byte)n,
                TypeCode.SByte when value is int n => (sbyte)n,
                TypeCode.Int16 when value is int n => (short)n,
                TypeCode.UInt16 when value is int n => (ushort)n,
                TypeCode.Char when value is int n => (char)n,
                TypeCode.UInt32 when value is int n => (uint)n,
                TypeCode.UInt64 when value is long n => (ulong)n,
                TypeCode.UInt64 when value is nint n => (ulong)n,
                TypeCode.Int64 when value is int n => (long)n,
                TypeCode.Int64 when value is nint n => (long)n,
                TypeCode.Single when value is double n => (float)n,
                TypeCode.Double when value is float n => (double)n,
                TypeCode.Int32 when value is nint n => (int)n,
                _ when type == typeof(nint) && value is int n => (nint)n,
                _ when type == typeof(nint) && value is long n => (nint)n,
                _ when type == typeof(nuint) => (nuint)(nint)(value is int n ? n : (nint)value),
                _ => value,
            };
        }
    }

    /// <summary>True for what <c>brtrue</c> follows.</summary>
    public static bool IsTrue(object? value) => value switch
    {
        int n => n != 0,
        long n => n != 0,
        nint n => n != 0,
        float or double => throw new NotInterpretableException("a float as a condition"),
        _ => value is not null,
    };
}
