using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Edgewise.Runtime.Formats;

namespace Edgewise.Runtime;

/// <summary>
/// What instrumented code calls in front of the framework's comparisons, with the operands that the comparison is about to get. For instrumented code.
/// </summary>
/// <remarks>
/// All methods end with the same three parameters: the site's slot (<see cref="SequenceSlots"/>), or zero and the address of a callback of the user's with the
/// site's number. The callback is <c>TraceCompareChars</c> for characters, <c>TraceCompareBytes</c> for all else. Nothing here throws or allocates: where an
/// operand is null, or holds references, nothing is traced, and the comparison that follows does what it always did.
/// </remarks>
public static unsafe partial class SequenceCompares
{
    /// <summary>Two strings, from their beginnings.</summary>
    public static void Strings(string? left, string? right, byte* slot, nint callback, int site)
    {
        if (left is not null && right is not null)
        {
            Record(Bytes<char>(left), Bytes<char>(right), true, false, slot, callback, site);
        }
    }

    /// <summary>Two strings, the left from its end.</summary>
    public static void StringEnds(string? left, string? right, byte* slot, nint callback, int site)
    {
        if (left is not null && right is not null)
        {
            Record(Bytes<char>(left), Bytes<char>(right), true, true, slot, callback, site);
        }
    }

    /// <summary>A string and an object, which may be a string.</summary>
    public static void Strings(string? left, object? right, byte* slot, nint callback, int site) => Strings(left, right as string, slot, callback, site);

    /// <summary>Two objects, which may be strings, versions or addresses.</summary>
    public static void Objects(object? left, object? right, byte* slot, nint callback, int site)
    {
        if (left is string text)
        {
            Strings(text, right as string, slot, callback, site);
        }
        else if (left is ISpanFormattable && right is ISpanFormattable)
        {
            ValueObjects(left, right, slot, callback, site);
        }
    }

    /// <summary>A string and a character.</summary>
    public static void Strings(string? left, char right, byte* slot, nint callback, int site)
    {
        if (left is not null)
        {
            Record(Bytes<char>(left), Bytes(ref right), true, false, slot, callback, site);
        }
    }

    /// <summary>Parts of two strings, as <c>string.Compare</c> takes them. Parts that lie outside are not traced.</summary>
    public static void Parts(string? left, int leftStart, string? right, int rightStart, int length, byte* slot, nint callback, int site)
    {
        if (left is not null && right is not null && (uint)leftStart <= (uint)left.Length && (uint)rightStart <= (uint)right.Length && length >= 0)
        {
            Record(
                Bytes(left.AsSpan(leftStart, Math.Min(length, left.Length - leftStart))),
                Bytes(right.AsSpan(rightStart, Math.Min(length, right.Length - rightStart))),
                true, false, slot, callback, site);
        }
    }

    /// <summary>Two spans, from their beginnings.</summary>
    public static void Spans<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, byte* slot, nint callback, int site) =>
        Record(left, right, false, slot, callback, site);

    /// <summary>Two spans, from their beginnings.</summary>
    public static void Spans<T>(Span<T> left, ReadOnlySpan<T> right, byte* slot, nint callback, int site) =>
        Record<T>(left, right, false, slot, callback, site);

    /// <summary>Two spans, from their beginnings.</summary>
    public static void Spans<T>(Span<T> left, Span<T> right, byte* slot, nint callback, int site) =>
        Record<T>(left, right, false, slot, callback, site);

    /// <summary>Two spans, the left from its end.</summary>
    public static void SpanEnds<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, byte* slot, nint callback, int site) =>
        Record(left, right, true, slot, callback, site);

    /// <summary>Two spans, the left from its end.</summary>
    public static void SpanEnds<T>(Span<T> left, ReadOnlySpan<T> right, byte* slot, nint callback, int site) =>
        Record<T>(left, right, true, slot, callback, site);

    /// <summary>A span and an element.</summary>
    public static void Element<T>(ReadOnlySpan<T> left, T right, byte* slot, nint callback, int site) =>
        Record(left, new ReadOnlySpan<T>(in right), false, slot, callback, site);

    /// <summary>A span and an element.</summary>
    public static void Element<T>(Span<T> left, T right, byte* slot, nint callback, int site) =>
        Record(left, new ReadOnlySpan<T>(in right), false, slot, callback, site);

    /// <summary>An array and an element.</summary>
    public static void Element<T>(T[]? left, T right, byte* slot, nint callback, int site) =>
        Record(left, new ReadOnlySpan<T>(in right), false, slot, callback, site);

    /// <summary>Two GUIDs, as their 16 bytes.</summary>
    public static void Guids(Guid left, Guid right, byte* slot, nint callback, int site) =>
        Record(Bytes(ref left), Bytes(ref right), false, false, slot, callback, site);

    /// <summary>A GUID in its place and another one.</summary>
    public static void Guids(ref Guid left, Guid right, byte* slot, nint callback, int site)
    {
        if (!Unsafe.IsNullRef(ref left))
        {
            Guids(left, right, slot, callback, site);
        }
    }

    /// <summary>A GUID in its place and an object, which may be another one.</summary>
    public static void Guids(ref Guid left, object? right, byte* slot, nint callback, int site)
    {
        if (right is Guid other)
        {
            Guids(ref left, other, slot, callback, site);
        }
    }

    private static void Record<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, bool atEnd, byte* slot, nint callback, int site)
    {
        if (!RuntimeHelpers.IsReferenceOrContainsReferences<T>())
        {
            Record(Bytes(left), Bytes(right), typeof(T) == typeof(char), atEnd, slot, callback, site);
        }
    }

    private static ReadOnlySpan<byte> Bytes<T>(ref T value) where T : unmanaged => new(Unsafe.AsPointer(ref value), sizeof(T));

    // Longer ones than a span of bytes can be are cut.
    private static ReadOnlySpan<byte> Bytes<T>(ReadOnlySpan<T> span) => MemoryMarshal.CreateReadOnlySpan(
        ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(span)), Math.Min(span.Length, int.MaxValue / Unsafe.SizeOf<T>()) * Unsafe.SizeOf<T>());

    private static void Record(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, bool isUtf16, bool atEnd, byte* slot, nint callback, int site)
    {
        if (callback != 0)
        {
            Call(left, right, isUtf16, callback, site);
        }
        else if (slot != null)
        {
            int keptLeft = Math.Min(left.Length, SequenceSlots.KeptBytes);
            SequenceSlots.Write(
                slot, left.Slice(atEnd ? left.Length - keptLeft : 0, keptLeft), left.Length,
                right[..Math.Min(right.Length, SequenceSlots.KeptBytes)], right.Length);
        }
    }

    private static void Call(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, bool isUtf16, nint callback, int site)
    {
        fixed (byte* first = left, second = right)
        {
            if (isUtf16)
            {
                ((delegate*<char*, int, char*, int, int, void>)callback)(
                    (char*)first, left.Length / sizeof(char), (char*)second, right.Length / sizeof(char), site);
            }
            else
            {
                ((delegate*<byte*, int, byte*, int, int, void>)callback)(first, left.Length, second, right.Length, site);
            }
        }
    }
}
