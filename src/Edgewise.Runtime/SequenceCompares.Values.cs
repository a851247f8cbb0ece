using System.Globalization;
using System.Net;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Edgewise.Runtime;

/// <content>Values that are compared by a method of theirs: their texts are seen, in the invariant form that can be read back.</content>
public static unsafe partial class SequenceCompares
{
    private const int LongestValue = 64;
    private const int LargestNumber = 24;

    /// <summary>Two values.</summary>
    /// <typeparam name="T">Their type.</typeparam>
    public static void Values<T>(T? left, T? right, byte* slot, nint callback, int site) where T : ISpanFormattable
    {
        Span<char> first = stackalloc char[LongestValue], second = stackalloc char[LongestValue];
        if (TryWrite(left, first, out int firstLength) && TryWrite(right, second, out int secondLength))
        {
            Record(first[..firstLength], second[..secondLength], false, slot, callback, site);
        }
    }

    /// <summary>A value in its place and another one.</summary>
    /// <typeparam name="T">Their type.</typeparam>
    public static void Values<T>(ref T left, T? right, byte* slot, nint callback, int site) where T : ISpanFormattable
    {
        if (!Unsafe.IsNullRef(ref left))
        {
            Values(left, right, slot, callback, site);
        }
    }

    /// <summary>A value and an object, which may be another one.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    public static void Values<T>(T? left, object? right, byte* slot, nint callback, int site) where T : ISpanFormattable
    {
        if (right is T other)
        {
            Values(left, other, slot, callback, site);
        }
    }

    /// <summary>A value in its place and an object, which may be another one.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    public static void Values<T>(ref T left, object? right, byte* slot, nint callback, int site) where T : ISpanFormattable
    {
        if (right is T other)
        {
            Values(ref left, other, slot, callback, site);
        }
    }

    /// <summary>A value and a number.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    public static void Values<T>(T? left, long right, byte* slot, nint callback, int site) where T : ISpanFormattable => Mixed(left, right, slot, callback, site);

    /// <summary>A value and a number.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    public static void Values<T>(T? left, ulong right, byte* slot, nint callback, int site) where T : ISpanFormattable => Mixed(left, right, slot, callback, site);

    /// <summary>A value in its place and a number.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    public static void Values<T>(ref T left, long right, byte* slot, nint callback, int site) where T : ISpanFormattable
    {
        if (!Unsafe.IsNullRef(ref left))
        {
            Mixed(left, right, slot, callback, site);
        }
    }

    /// <summary>A value in its place and a number.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    public static void Values<T>(ref T left, ulong right, byte* slot, nint callback, int site) where T : ISpanFormattable
    {
        if (!Unsafe.IsNullRef(ref left))
        {
            Mixed(left, right, slot, callback, site);
        }
    }

    // The compiler calls Object.Equals where a class overrides it. A method of its own, so that the assembly of addresses is loaded only where it may be needed.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ValueObjects(object left, object right, byte* slot, nint callback, int site)
    {
        switch (left)
        {
            case Version version:
                Values(version, right, slot, callback, site);
                break;
            case IPAddress address:
                Values(address, right, slot, callback, site);
                break;
            default:
                break;
        }
    }

    private static void Mixed<TLeft, TRight>(TLeft? left, TRight right, byte* slot, nint callback, int site)
        where TLeft : ISpanFormattable
        where TRight : ISpanFormattable
    {
        Span<char> first = stackalloc char[LongestValue], second = stackalloc char[LongestValue];
        if (TryWrite(left, first, out int firstLength) && TryWrite(right, second, out int secondLength))
        {
            Record(first[..firstLength], second[..secondLength], false, slot, callback, site);
        }
    }

    private static bool TryWrite<T>(T? value, Span<char> text, out int length) where T : ISpanFormattable
    {
        length = 0;
        if (value is null)
        {
            return false;
        }

        if (typeof(T) == typeof(DateTime))
        {
            // Their kinds are not compared.
            return DateTime.SpecifyKind(Unsafe.As<T, DateTime>(ref value), DateTimeKind.Unspecified).TryFormat(text, out length, "O", CultureInfo.InvariantCulture);
        }

        if (typeof(T) == typeof(BigInteger) && Unsafe.As<T, BigInteger>(ref value).GetByteCount() > LargestNumber)
        {
            // Digits of larger ones cost more than the comparison, and have no room.
            return false;
        }

        ReadOnlySpan<char> format = typeof(T) == typeof(DateTimeOffset) || typeof(T) == typeof(DateOnly) || typeof(T) == typeof(TimeOnly) ? "O" : default;
        return value.TryFormat(text, out length, format, CultureInfo.InvariantCulture);
    }
}
