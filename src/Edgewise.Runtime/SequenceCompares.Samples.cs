using System.Globalization;
using System.Runtime.CompilerServices;

namespace Edgewise.Runtime;

/// <content>Parsers: their input is compared with a text that they take.</content>
public static unsafe partial class SequenceCompares
{
    private const int LongestSample = 128;
    private const int Shortest = 3;
    private const string Digits = "1234567890";

    private static readonly ConditionalWeakTable<Type, string[]> NamesOfTypes = new();

    /// <summary>The input of a parser and a sample.</summary>
    public static void Sample(ReadOnlySpan<char> input, string sample, byte* slot, nint callback, int site)
    {
        Strings(input, sample.AsSpan(), slot, callback, site);
        if (callback != 0 && sample[0] == '-')
        {
            // Not every parser is asked to take signs.
            Strings(input, sample.AsSpan(1), slot, callback, site);
            if (input.Length >= Shortest && input.Length <= Digits.Length)
            {
                // Nor may every input become shorter: digits of a colour, a date.
                Strings(input, Digits.AsSpan(0, input.Length), slot, callback, site);
            }
        }
    }

    /// <summary>The input of a parser and a sample.</summary>
    public static void Sample(string? input, string sample, byte* slot, nint callback, int site)
    {
        if (input is not null)
        {
            Sample(input.AsSpan(), sample, slot, callback, site);
        }
    }

    /// <summary>A span and a literal.</summary>
    public static void Sample(Span<char> input, string sample, byte* slot, nint callback, int site) =>
        Record(input, sample.AsSpan(), false, slot, callback, site);

    /// <summary>The UTF-8 input of a parser and a sample, which is ASCII.</summary>
    public static void Sample(ReadOnlySpan<byte> input, string sample, byte* slot, nint callback, int site)
    {
        Span<byte> bytes = stackalloc byte[LongestSample];
        int length = Math.Min(sample.Length, bytes.Length);
        for (int i = 0; i < length; i++)
        {
            bytes[i] = (byte)sample[i];
        }

        Record<byte>(input, bytes[..length], false, slot, callback, site);
    }

    /// <summary>The input of <c>ParseExact</c>, and what its format makes of some value of the type.</summary>
    /// <typeparam name="T">The type that is parsed.</typeparam>
    public static void Format<T>(string? input, string? format, byte* slot, nint callback, int site) where T : ISpanFormattable
    {
        if (input is not null && format is not null)
        {
            Format<T>(input.AsSpan(), format.AsSpan(), slot, callback, site);
        }
    }

    /// <summary>The same, with the first of several formats.</summary>
    /// <typeparam name="T">The type that is parsed.</typeparam>
    public static void Format<T>(string? input, string[]? formats, byte* slot, nint callback, int site) where T : ISpanFormattable
    {
        if (formats is { Length: > 0 })
        {
            Format<T>(input, formats[Turn(slot) % (uint)formats.Length], slot, callback, site);
        }
    }

    /// <summary>The same, of spans.</summary>
    /// <typeparam name="T">The type that is parsed.</typeparam>
    public static void Format<T>(ReadOnlySpan<char> input, ReadOnlySpan<char> format, byte* slot, nint callback, int site) where T : ISpanFormattable
    {
        Span<char> sample = stackalloc char[LongestSample];
        if (TryFormat<T>(sample, format, out int length))
        {
            Record(input, sample[..length], false, slot, callback, site);
        }
    }

    /// <summary>The same, of a span and several formats.</summary>
    /// <typeparam name="T">The type that is parsed.</typeparam>
    public static void Format<T>(ReadOnlySpan<char> input, string[]? formats, byte* slot, nint callback, int site) where T : ISpanFormattable
    {
        if (formats is { Length: > 0 } && formats[Turn(slot) % (uint)formats.Length] is { } format)
        {
            Format<T>(input, format.AsSpan(), slot, callback, site);
        }
    }

    /// <summary>The input of a parser of an enumeration, and one of its names, another one each time.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    public static void Name<T>(string? input, byte* slot, nint callback, int site)
    {
        if (input is not null)
        {
            Name<T>(input.AsSpan(), slot, callback, site);
        }
    }

    /// <summary>The same, of a span.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    public static void Name<T>(ReadOnlySpan<char> input, byte* slot, nint callback, int site) => Name(input, Names<T>.All, slot, callback, site);

    /// <summary>The same, of an enumeration that is known at run time.</summary>
    public static void Name(Type? type, string? input, byte* slot, nint callback, int site)
    {
        if (input is not null)
        {
            Name(type, input.AsSpan(), slot, callback, site);
        }
    }

    /// <summary>The same, of a span.</summary>
    public static void Name(Type? type, ReadOnlySpan<char> input, byte* slot, nint callback, int site)
    {
        if (type is not null)
        {
            Name(input, NamesOfTypes.GetValue(type, static found => NamesOf(found)), slot, callback, site);
        }
    }

    private static void Name(ReadOnlySpan<char> input, string[] names, byte* slot, nint callback, int site)
    {
        if (names.Length > 0)
        {
            for (int offer = Offers(names.Length, callback); offer > 0; offer--)
            {
                Record(input, names[Turn(slot) % (uint)names.Length].AsSpan(), false, slot, callback, site);
            }
        }
    }

    // Of a type that is none of the runtime's own nothing is known.
    private static string[] NamesOf(Type type) => type.GetType() == typeof(object).GetType() && type.IsEnum ? Enum.GetNames(type) : [];

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryFormat<T>(Span<char> sample, ReadOnlySpan<char> format, out int length) where T : ISpanFormattable
    {
        try
        {
            return Samples<T>.Value.TryFormat(sample, out length, format, CultureInfo.InvariantCulture);
        }
        catch (FormatException)
        {
            // The parser itself says so.
            length = 0;
            return false;
        }
    }

    private static class Names<T>
    {
        public static readonly string[] All = NamesOf(typeof(T));
    }

    private static class Samples<T>
    {
        public static readonly T Value = (T)Create();

        private static object Create()
        {
            DateTime time = new(2001, 2, 3, 4, 5, 6, 789, DateTimeKind.Utc);
            return typeof(T) == typeof(DateTime) ? time
                : typeof(T) == typeof(DateTimeOffset) ? new DateTimeOffset(time)
                : typeof(T) == typeof(DateOnly) ? DateOnly.FromDateTime(time)
                : typeof(T) == typeof(TimeOnly) ? TimeOnly.FromDateTime(time)
                : typeof(T) == typeof(TimeSpan) ? new TimeSpan(1, 2, 3, 4)
                : typeof(T) == typeof(Guid) ? new Guid("01234567-89ab-cdef-0123-456789abcdef")
                : default(T)!;
        }
    }
}
