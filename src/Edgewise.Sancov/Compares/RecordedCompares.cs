using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Edgewise.Runtime.Formats;
using Edgewise.Sancov.Legacy;

namespace Edgewise.Sancov.Compares;

/// <summary>A <c>compares.PID.txt</c>; <c>docs/formats.md</c> has its form.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Compares">Its lines, in the file's order.</param>
public sealed partial record RecordedCompares(string Path, IReadOnlyList<RecordedCompare> Compares)
{
    private const string Format = "compares";
    private const string Expected = "MODULE 0xPC cmp4 0xLEFT 0xRIGHT, or another kind, or chars \"LEFT\" \"RIGHT\"";

    /// <summary>Reads a file.</summary>
    /// <exception cref="SancovException">It cannot be read.</exception>
    /// <exception cref="CoverageFormatException">It is damaged.</exception>
    public static RecordedCompares Read(string path)
    {
        string[] lines = LegacyLines.Read(path, Format);
        var compares = new RecordedCompare[lines.Length];
        for (int i = 0; i < lines.Length; i++)
        {
            compares[i] = Parse(lines[i]) ?? throw LegacyLines.Wrong(path, Format, i, lines[i], Expected);
        }

        return new RecordedCompares(path, compares);
    }

    private static RecordedCompare? Parse(string line)
    {
        Match match = LinePattern().Match(line);
        if (!match.Success || !int.TryParse(match.Groups["pc"].ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int pc) || pc < 0)
        {
            return null;
        }

        string kind = match.Groups["kind"].Value;
        string first = match.Groups["first"].Value, second = match.Groups["second"].Value;
        string module = match.Groups["module"].Value, text = match.Groups["text"].Value;
        if (kind is "chars" or "bytes")
        {
            return Decode(first, kind) is { } left && Decode(second, kind) is { } right
                ? new RecordedCompare(module, pc, kind, kind == "chars" ? sizeof(char) : sizeof(byte), [left, right], text) : null;
        }

        int width = match.Groups["width"].Value[0] - '0';
        string[] values = second.Length == 0 ? [first] : [first, second];
        bool isPair = kind is "cmp" or "const-cmp";
        return values.Length == (isPair ? 2 : 1) && Array.TrueForAll(values, value => value.Length - "0x".Length <= width * 2)
            ? new RecordedCompare(module, pc, kind, width, values, text) : null;
    }

    // Text without its escapes; of bytes the hex digits. Null where it is no such text.
    private static string? Decode(string quoted, string kind)
    {
        bool isBytes = kind == "bytes";
        (char escape, int digits) = isBytes ? ('x', 2) : ('u', 4);
        var text = new StringBuilder();
        for (int i = 0; i < quoted.Length; i++)
        {
            int unit = quoted[i];
            if (unit == '\\')
            {
                i++;
                unit = quoted[i];
                if (unit == escape)
                {
                    if (i + digits >= quoted.Length || !int.TryParse(quoted.AsSpan(i + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out unit))
                    {
                        return null;
                    }

                    i += digits;
                }
                else if (unit is not ('"' or '\\'))
                {
                    return null;
                }
            }

            _ = isBytes ? text.Append(CultureInfo.InvariantCulture, $"{unit & 0xFF:x2}") : text.Append((char)unit);
        }

        return text.ToString();
    }

    [GeneratedRegex(
        """
        ^(?<module>.+?)\ 0x(?<pc>[0-9a-f]{1,8})\ (?<text>
            (?<kind>cmp|const-cmp|switch|div|gep)(?<width>[1248])\ (?<first>0x[0-9a-f]+)(\ (?<second>0x[0-9a-f]+))?
          | (?<kind>chars|bytes)\ "(?<first>([^"\\]|\\.)*)"\ "(?<second>([^"\\]|\\.)*)")$
        """,
        RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex LinePattern();
}
