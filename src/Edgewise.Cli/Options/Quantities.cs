using System.Globalization;

namespace Edgewise.Cli.Options;

/// <summary>Reads numbers, lengths of time and sizes: <c>12</c>, <c>30s</c>, <c>512M</c>.</summary>
internal static class Quantities
{
    private static readonly (string Unit, TimeSpan Length)[] Times =
        [("ms", TimeSpan.FromMilliseconds(1)), ("s", TimeSpan.FromSeconds(1)), ("m", TimeSpan.FromMinutes(1)), ("h", TimeSpan.FromHours(1)), ("", TimeSpan.FromSeconds(1))];

    private static readonly (string Unit, long Bytes)[] Sizes = [("K", 1L << 10), ("M", 1L << 20), ("G", 1L << 30), ("", 1)];

    /// <summary>A whole number from 1.</summary>
    public static Reading<long> Count(string option, string text, long most) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number >= 1 && number <= most
            ? new(number)
            : new(0, [], [$"{option}: '{text}' is no whole number from 1 to {most}"]);

    /// <summary>A root seed.</summary>
    public static Reading<ulong> Seed(string option, string text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed)
            ? new(seed)
            : new(0, [], [$"{option}: '{text}' is no seed; expected a whole number from 0 to {ulong.MaxValue}"]);

    /// <summary>A length of time; without a unit it is one of seconds.</summary>
    public static Reading<TimeSpan> Time(string option, string text)
    {
        (string unit, TimeSpan length) = Array.Find(Times, known => text.EndsWith(known.Unit, StringComparison.Ordinal));
        // More than a year is a slip, and what does not fit into a time span is too.
        return double.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
            && number > 0 && number * length.TotalDays <= 365 && length * number > TimeSpan.Zero
            ? new(length * number)
            : new(default, [], [$"{option}: '{text}' is no length of time; expected a number more than 0 with ms, s, m or h behind it, as in 30s"]);
    }

    /// <summary>A number of bytes.</summary>
    public static Reading<long> Size(string option, string text)
    {
        (string unit, long bytes) = Array.Find(Sizes, known => text.EndsWith(known.Unit, StringComparison.Ordinal));
        return long.TryParse(text[..^unit.Length], NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number >= 1 && number <= long.MaxValue / bytes
            ? new(number * bytes)
            : new(0, [], [$"{option}: '{text}' is no size; expected a whole number of bytes from 1, with K, M or G behind it, as in 512M"]);
    }
}
