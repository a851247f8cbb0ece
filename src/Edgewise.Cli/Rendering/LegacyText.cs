using System.Globalization;
using System.Text;
using Edgewise.Runtime.Formats;
using Edgewise.Sancov.Legacy;

namespace Edgewise.Cli.Rendering;

/// <summary>The text of the actions of <c>sancov</c> that read the formats of 2016. Pure functions.</summary>
internal static class LegacyText
{
    /// <summary>A line a file: how many of its points were reached.</summary>
    public static string Bitsets(IEnumerable<LegacyBitset> files) => string.Concat(files.Select(static file =>
        string.Create(CultureInfo.InvariantCulture, $"{Name(file.Path)}: {file.CoveredCount} of {file.Bits.Length} points\n")));

    /// <summary>Per file a line <c>POINT COUNTS</c> a point that was reached.</summary>
    public static string Counters(IReadOnlyList<LegacyCounters> files) =>
        Sections(files, static file => file.Path, static (text, file) =>
        {
            for (int point = 0; point < file.Classes.Length; point++)
            {
                if (file.Classes[point] != 0)
                {
                    text.Append(CultureInfo.InvariantCulture, $"{point} {LegacyCounters.NameOf(file.Classes[point])}\n");
                }
            }
        });

    /// <summary>A line <c>CALLER -> CALLEE</c> a pair, united over the files.</summary>
    public static string Calls(IEnumerable<LegacyCalls> files) =>
        string.Concat(files.SelectMany(static file => file.Pairs).Distinct().Select(static pair => $"{Place(pair.Caller)} -> {Place(pair.Callee)}\n"));

    /// <summary>Per file a line <c>POINT MODULE 0xOFFSET</c> an event.</summary>
    public static string Traces(IReadOnlyList<LegacyTrace> files) =>
        Sections(files, static file => file.Path, static (text, file) =>
        {
            // A point comes again and again; its place is written once.
            string[] places = [.. file.Points.Select(Place)];
            foreach (int point in file.Events)
            {
                text.Append(CultureInfo.InvariantCulture, $"{point} {places[point]}\n");
            }
        });

    /// <summary>A line a file that was written.</summary>
    public static string Written(IEnumerable<string> paths) => string.Concat(paths.Select(static path => TerminalText.Plain(path) + "\n"));

    private static string Place(CodePlace place) => TerminalText.Plain(place.Line());

    private static string Name(string path) => TerminalText.Plain(path);

    /// <summary>A section a file; with several, the file's name stands over each.</summary>
    public static string Sections<T>(IReadOnlyList<T> files, Func<T, string> name, Action<StringBuilder, T> write)
    {
        StringBuilder text = new();
        foreach (T file in files)
        {
            if (files.Count > 1)
            {
                text.Append(text.Length > 0 ? "\n" : "").Append(Name(name(file))).Append(":\n");
            }

            write(text, file);
        }

        return text.ToString();
    }
}
