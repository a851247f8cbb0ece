using System.Globalization;
using System.Text;

namespace Edgewise.Fuzzing.Guidance;

/// <summary>
/// Looks in the input for a value that the target compared as one – a date, a time, a number larger than registers or with a fraction – in the forms in which
/// inputs carry such values, and puts the other side and its neighbours in its place. Compared values come as their texts.
/// </summary>
internal static class ValueSubstitution
{
    private const int MostPlaces = 4;
    private const int WidthOfNumbers = sizeof(ulong);

    // As SequenceCompares writes them.
    private const string WrittenTime = "yyyy-MM-ddTHH:mm:ss.fffffff";
    private const string WrittenZoned = WrittenTime + "zzz";
    private const string WrittenClock = "HH:mm:ss.fffffff";
    private const NumberStyles Digits = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    private static readonly string[] Dates =
    [
        "yyyy-MM-dd", "yyyyMMdd", "yyyy/MM/dd", "MM/dd/yyyy", "dd/MM/yyyy", "dd.MM.yyyy", "dd-MM-yyyy", "M/d/yyyy", "d/M/yyyy", "d.M.yyyy", "yyyy.MM.dd",
        "dd MMM yyyy", "d MMM yyyy", "dd-MMM-yyyy", "MMM d, yyyy", "MMMM d, yyyy", "d MMMM yyyy", "dd MMM yy", "yyMMdd", "dd.MM.yy", "MM/dd/yy", "yyyy-MM", "yyyy",
    ];

    private static readonly string[] Clocks = ["HH:mm:ss.fffffff", "HH:mm:ss.fff", "HH:mm:ss", "HHmmss", "hh:mm:ss tt", "h:mm:ss tt", "hh:mm tt", "h:mm tt", "HH:mm", "HHmm", "HH.mm"];
    private static readonly string[] Spans = ["c", "g", "G", @"hh\:mm\:ss", @"h\:mm\:ss", @"hh\:mm", @"mm\:ss", @"m\:ss", @"hhmmss"];
    private static readonly TimeSpan[] Units = [TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1), TimeSpan.FromHours(1), TimeSpan.FromDays(1), TimeSpan.FromTicks(1)];

    /// <summary>Tries all forms of what two texts mean, if they mean the same kind of value.</summary>
    /// <param name="candidates">Takes them.</param>
    /// <param name="observed">The side that the input is looked through for.</param>
    /// <param name="wanted">The other side.</param>
    public static bool Try(ICandidates candidates, string observed, string wanted)
    {
        if (TryTime(observed, out DateTimeOffset time) && TryTime(wanted, out DateTimeOffset wantedTime))
        {
            return TryTimes(candidates, time, wantedTime);
        }

        if (TimeSpan.TryParseExact(observed, "c", CultureInfo.InvariantCulture, out TimeSpan span) && TimeSpan.TryParseExact(wanted, "c", CultureInfo.InvariantCulture, out TimeSpan wantedSpan)
            && observed.Contains(':', StringComparison.Ordinal))
        {
            return TrySpans(candidates, span, wantedSpan);
        }

        return decimal.TryParse(observed, Digits, CultureInfo.InvariantCulture, out decimal number) && decimal.TryParse(wanted, Digits, CultureInfo.InvariantCulture, out decimal wantedNumber)
            && TryNumbers(candidates, number, wantedNumber);
    }

    private static bool TryTime(string text, out DateTimeOffset time)
    {
        if (DateTimeOffset.TryParseExact(text, WrittenZoned, CultureInfo.InvariantCulture, DateTimeStyles.None, out time))
        {
            return true;
        }

        bool isTime = DateTime.TryParseExact(text, [WrittenTime, "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime unzoned)
            || (text.Length == WrittenClock.Length && DateTime.TryParseExact(text, WrittenClock, CultureInfo.InvariantCulture, DateTimeStyles.NoCurrentDateDefault, out unzoned));
        time = new DateTimeOffset(unzoned, TimeSpan.Zero);
        return isTime;
    }

    private static bool TryTimes(ICandidates candidates, DateTimeOffset observed, DateTimeOffset wanted)
    {
        DateTime seen = observed.DateTime, other = Shift(wanted.UtcDateTime, observed.Offset);
        // A parser may have turned what the input says into the time of this place.
        TimeSpan local = TimeZoneInfo.Local.GetUtcOffset(seen);
        return TryWritten(candidates, seen, other)
            || (observed.Offset != TimeSpan.Zero && TryWritten(candidates, observed.UtcDateTime, wanted.UtcDateTime))
            || (local != TimeSpan.Zero && TryWritten(candidates, Shift(seen, -local), Shift(other, -local)))
            || TryCount(candidates, (observed - DateTimeOffset.UnixEpoch).Ticks, (wanted - DateTimeOffset.UnixEpoch).Ticks)
            || TryNumber(candidates, seen.Ticks, other.Ticks);
    }

    private static DateTime Shift(DateTime time, TimeSpan by) => new(Math.Clamp(time.Ticks + by.Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks));

    // The neighbours first, as for numbers: equality may be gone on with.
    private static bool TryWritten(ICandidates candidates, DateTime observed, DateTime wanted)
    {
        TimeSpan day = TimeSpan.FromDays(1);
        return TryForms(candidates, observed, Shift(wanted, -day)) || TryForms(candidates, observed, Shift(wanted, day)) || TryForms(candidates, observed, wanted);
    }

    // Each form of the date alone, and with each form of the time of day, wherever the input has that.
    private static bool TryForms(ICandidates candidates, DateTime observed, DateTime wanted)
    {
        if (TryClock(candidates, candidates.Baseline.ToArray(), observed, wanted))
        {
            return true;
        }

        foreach (string form in Dates)
        {
            byte[] input = candidates.Baseline.ToArray();
            if (Replace(input, Write(observed, form), Write(wanted, form)) is { } dated
                && ((!input.AsSpan().SequenceEqual(dated) && candidates.Try(0, input.Length, dated)) || TryClock(candidates, dated, observed, wanted)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryClock(ICandidates candidates, byte[] dated, DateTime observed, DateTime wanted)
    {
        foreach (string form in Clocks)
        {
            if (Replace(dated, Write(observed, form), Write(wanted, form)) is { } timed && !timed.AsSpan().SequenceEqual(dated)
                && candidates.Try(0, candidates.Baseline.Length, timed))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TrySpans(ICandidates candidates, TimeSpan observed, TimeSpan wanted)
    {
        foreach (string form in Spans)
        {
            if (Places.TryAll(candidates, Write(observed, form), Write(wanted, form), MostPlaces))
            {
                return true;
            }
        }

        return TryCount(candidates, observed.Ticks, wanted.Ticks);
    }

    // As so many seconds, milliseconds and so on, in digits or binary.
    private static bool TryCount(ICandidates candidates, long observed, long wanted)
    {
        foreach (TimeSpan unit in Units)
        {
            if (observed % unit.Ticks == 0 && TryNumber(candidates, observed / unit.Ticks, wanted / unit.Ticks))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryNumbers(ICandidates candidates, decimal observed, decimal wanted)
    {
        foreach (decimal value in Neighbours(wanted))
        {
            if (TryText(candidates, observed, value, "G") || TryText(candidates, observed, value, "N2") || TryText(candidates, observed, value, "#,0.############"))
            {
                return true;
            }
        }

        return IsWhole(observed) && IsWhole(wanted) && TryNumber(candidates, (long)observed, (long)wanted);
    }

    private static bool TryText(ICandidates candidates, decimal observed, decimal wanted, string form) => Places.TryAll(
        candidates, Encoding.ASCII.GetBytes(observed.ToString(form, CultureInfo.InvariantCulture)), Encoding.ASCII.GetBytes(wanted.ToString(form, CultureInfo.InvariantCulture)), MostPlaces);

    private static decimal[] Neighbours(decimal wanted) => Math.Abs(wanted) < long.MaxValue ? [wanted - 1, wanted + 1, wanted] : [wanted];

    private static bool IsWhole(decimal number) => number == decimal.Truncate(number) && number is >= long.MinValue and <= long.MaxValue;

    private static bool TryNumber(ICandidates candidates, long observed, long wanted) =>
        NumberSubstitution.Try(candidates, (ulong)observed, (ulong)wanted, WidthOfNumbers);

    private static byte[] Write(IFormattable value, string form) => Encoding.ASCII.GetBytes(value.ToString(form, CultureInfo.InvariantCulture));

    private static byte[]? Replace(byte[] input, byte[] pattern, byte[] replacement)
    {
        int found = pattern.Length == 0 ? -1 : input.AsSpan().IndexOf(pattern);
        return found < 0 ? null : [.. input.AsSpan(0, found), .. replacement, .. input.AsSpan(found + pattern.Length)];
    }
}
