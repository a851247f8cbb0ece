using System.Globalization;
using System.Text;

namespace Edgewise.Instrumentation.Selection;

/// <summary>Reads one list file in the format of clang's special case lists.</summary>
/// <remarks>
/// Lines are <c>[section]</c>, <c>type:pattern</c>, <c>type:pattern=category</c>, empty, or begin with <c>#</c>. A first line
/// <c>#!special-case-list-vN</c> tells the dialect: 1 has regular expressions, the others have globs; without it, globs.
/// Rules of LLVM's SpecialCaseList, https://clang.llvm.org/docs/SanitizerSpecialCaseList.html.
/// </remarks>
internal sealed class SpecialCaseListReader
{
    private const string VersionMark = "#!special-case-list-v";

    /// <summary>Types that clang's sanitizers know and that do not concern coverage: a shared list may have them.</summary>
    private static readonly string[] TypesOfOthers = ["global", "type", "mainfile", "enum", "vtable", "main"];

    private readonly string _path;
    private readonly List<SpecialCaseEntry> _entries = [];
    private readonly List<string> _warnings;
    private int _version = 2;
    private bool _applies = true;

    private SpecialCaseListReader(string path, List<string> warnings)
    {
        _path = path;
        _warnings = warnings;
    }

    /// <summary>Reads the entries of one file.</summary>
    /// <param name="path">The file's name, for messages.</param>
    /// <param name="content">The file's content.</param>
    /// <param name="warnings">Takes a sentence for each entry of an unknown type.</param>
    /// <exception cref="InstrumentationException">A line is malformed; the message begins with <c>path:line:</c>.</exception>
    public static List<SpecialCaseEntry> Read(string path, byte[] content, List<string> warnings)
    {
        SpecialCaseListReader reader = new(path, warnings);
        using StreamReader text = new(new MemoryStream(content), Encoding.UTF8);
        int number = 0;
        while (text.ReadLine() is { } line)
        {
            number++;
            if (number == 1 && line.StartsWith(VersionMark, StringComparison.Ordinal))
            {
                reader.ReadVersion(line[VersionMark.Length..]);
            }

            reader.ReadLine(number, line.Trim());
        }

        return reader._entries;
    }

    private void ReadVersion(string text)
    {
        int digits = 0;
        while (digits < text.Length && char.IsAsciiDigit(text[digits]))
        {
            digits++;
        }

        // Like clang: what is no number leaves the default, and a version of the future reads as the newest.
        if (digits > 0)
        {
            _version = int.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out int version) ? version : int.MaxValue;
        }
    }

    private void ReadLine(int number, string line)
    {
        if (line.Length == 0 || line[0] == '#')
        {
            return;
        }

        if (line[0] == '[')
        {
            ReadSection(number, line);
            return;
        }

        int colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || colon == line.Length - 1)
        {
            throw Malformed("EW1202", number, $"expected '[section]', 'src:PATTERN', 'fun:PATTERN' or '# comment', found {Quote(line)}");
        }

        string type = line[..colon], pattern = line[(colon + 1)..];
        int equals = pattern.IndexOf('=', StringComparison.Ordinal);
        bool hasCategory = equals >= 0 && equals < pattern.Length - 1;
        SpecialCaseEntry entry = new(
            type, equals < 0 ? pattern : pattern[..equals], Compile(number, equals < 0 ? pattern : pattern[..equals]), _version > 2);
        if (_applies && !hasCategory)
        {
            _entries.Add(entry);
            if (type is not ("src" or "fun") && Array.IndexOf(TypesOfOthers, type) < 0)
            {
                _warnings.Add($"{_path}:{number}: entries of type {Quote(type)} are not used; 'src' and 'fun' are");
            }
        }
    }

    private void ReadSection(int number, string line)
    {
        if (line[^1] != ']' || line.Length < 2)
        {
            throw Malformed("EW1203", number, $"expected ']' at the end of the section's name, found {Quote(line)}");
        }

        IPattern section = Compile(number, line[1..^1]);
        _applies = section.Matches("coverage") || section.Matches("edgewise");
    }

    private IPattern Compile(int number, string pattern)
    {
        if (pattern.Length == 0)
        {
            throw Malformed("EW1204", number, "expected a pattern, found nothing; '*' matches everything");
        }

        try
        {
            return _version > 1 ? new GlobPattern(pattern) : new RegexPattern(pattern);
        }
        catch (FormatException e)
        {
            throw Malformed("EW1204", number, $"{Quote(pattern)} is no {(_version > 1 ? "glob" : "regular expression")}: {e.Message}");
        }
    }

    private InstrumentationException Malformed(string id, int line, string reason) =>
        new(id, string.Create(CultureInfo.InvariantCulture, $"{_path}:{line}: {reason}"));

    // What a file says goes to a terminal: on one line, without control characters, and not endless.
    private static string Quote(string text)
    {
        StringBuilder quoted = new("'");
        foreach (char c in text.Length <= 80 ? text : text[..80])
        {
            quoted.Append(char.IsControl(c) ? '?' : c);
        }

        return quoted.Append(text.Length <= 80 ? "'" : "…'").ToString();
    }
}
