using System.Globalization;
using System.Text.RegularExpressions;

namespace Edgewise.Showmap.Differential.Reading;

/// <summary>What the name of a file with the coverage of one corpus entry says.</summary>
/// <param name="Trial">The trial that the entry is of.</param>
/// <param name="Seconds">When it was found; null where the name does not say.</param>
/// <param name="SinceStart">True: <paramref name="Seconds"/> count from the trial's start; false: from 1970.</param>
public readonly partial record struct EntryName(string Trial, double? Seconds, bool SinceStart)
{
    private const string Mark = "__";

    /// <summary>Reads a name without its last extension.</summary>
    /// <remarks>
    /// <c>TRIAL__UUID-SECONDS</c> is Foundry's: the last <c>__</c> parts the two, and the time is that of its corpus. Else the first
    /// <c>__</c> does, and the entry may tell its time as AFL++ does, <c>time:</c> in milliseconds since the start, or by a Unix time at its
    /// end behind a dash, in seconds, milliseconds, microseconds or nanoseconds (10, 13, 16 or 19 digits).
    /// </remarks>
    /// <returns>Null where there is no <c>__</c> with a trial in front of it and an entry behind.</returns>
    public static EntryName? Parse(string stem)
    {
        Match foundry = Foundry().Match(stem);
        if (foundry.Success && double.TryParse(foundry.Groups["seconds"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out double seconds))
        {
            return new EntryName(foundry.Groups["trial"].Value, seconds, SinceStart: false);
        }

        int mark = stem.Length < 2 ? -1 : stem.IndexOf(Mark, 1, StringComparison.Ordinal);
        if (mark < 0 || mark + Mark.Length == stem.Length)
        {
            return null;
        }

        string trial = stem[..mark], entry = stem[(mark + Mark.Length)..];
        if (SinceStartTime().Match(entry) is { Success: true } since)
        {
            return new EntryName(trial, double.Parse(since.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) / 1e3, SinceStart: true);
        }

        return UnixTime().Match(entry) is { Success: true } unix
            ? new EntryName(trial, double.Parse(unix.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) / Math.Pow(10, unix.Length - 10), SinceStart: false)
            : new EntryName(trial, null, SinceStart: false);
    }

    [GeneratedRegex(@"\A(?<trial>.+)__[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}-(?<seconds>[0-9]{1,12})\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Foundry();

    [GeneratedRegex(@"(?<=(\A|,)time:)[0-9]{1,15}(?=,|\z)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex SinceStartTime();

    [GeneratedRegex(@"(?<=-)([0-9]{10}|[0-9]{13}|[0-9]{16}|[0-9]{19})\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex UnixTime();
}
