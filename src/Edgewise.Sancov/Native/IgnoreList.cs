using System.Text;
using System.Text.RegularExpressions;
using Edgewise.Sancov.Inputs;

namespace Edgewise.Sancov.Native;

/// <summary>
/// Leaves sources and functions out, as LLVM's <c>sancov</c> does: lines <c>src:PATTERN</c> and <c>fun:PATTERN</c>, in sections <c>[NAME]</c> of which those that match
/// <c>coverage</c> count, and comments behind <c>#</c>.
/// </summary>
/// <remarks>
/// A pattern is a regular expression for the whole name, in which <c>*</c> stands for <c>.*</c>, as in LLVM up to 18 and under a first line <c>#!special-case-list-v1</c>.
/// Under a first line <c>#!special-case-list-v2</c> (or higher) it is a glob.
/// </remarks>
public sealed class IgnoreList
{
    private const string Section = "coverage", VersionPrefix = "#!special-case-list-v";

    private static readonly string[] Usual = ["fun:__sanitizer_.*", "src:/usr/include/.*", @"src:.*/libc\+\+/.*"];

    private readonly List<Regex> _sources = [];
    private readonly List<Regex> _functions = [];
    private readonly Dictionary<(bool IsSource, string Name), bool> _known = [];

    /// <summary>Makes a list.</summary>
    /// <param name="useDefault">True to leave out the runtime's own functions, system headers and libc++.</param>
    /// <param name="path">A file with a list, or null.</param>
    /// <exception cref="SancovException">The file cannot be read, or a line is wrong; the message names file and line.</exception>
    public IgnoreList(bool useDefault, string? path)
    {
        if (useDefault)
        {
            Add(Usual, "the default list", isGlob: false);
        }

        if (path is not null)
        {
            string[] lines = Encoding.UTF8.GetString(FileContent.Read(path)).Split('\n');
            bool isGlob = lines[0].StartsWith(VersionPrefix, StringComparison.Ordinal) && lines[0].Trim() != VersionPrefix + "1";
            Add(lines, path, isGlob);
        }
    }

    /// <summary>True for a source that is left out.</summary>
    public bool HasSource(string path) => Has(isSource: true, path);

    /// <summary>True for a function that is left out.</summary>
    public bool HasFunction(string name) => Has(isSource: false, name);

    private bool Has(bool isSource, string name)
    {
        if (!_known.TryGetValue((isSource, name), out bool isListed))
        {
            _known.Add((isSource, name), isListed = (isSource ? _sources : _functions).Exists(pattern => pattern.IsMatch(name)));
        }

        return isListed;
    }

    private void Add(string[] lines, string path, bool isGlob)
    {
        bool counts = true;
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].Trim(), place = $"{path}: line {i + 1}";
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (line[0] == '[')
            {
                counts = line[^1] == ']' && line.Length > 2
                    ? Pattern(line[1..^1], isGlob, place).IsMatch(Section)
                    : throw new SancovException($"{place}: '{line}'; a section [NAME] expected");
                continue;
            }

            int colon = line.IndexOf(':');
            if (colon <= 0 || colon == line.Length - 1)
            {
                throw new SancovException($"{place}: '{line}'; src:PATTERN or fun:PATTERN expected");
            }

            // A category may stand behind; it divides sanitizers' checks, and means nothing to coverage.
            int category = line.IndexOf('=');
            Regex pattern = Pattern(category < 0 ? line[(colon + 1)..] : line[(colon + 1)..category], isGlob, place);
            if (counts && line[..colon] is "src" or "fun")
            {
                (line[0] == 's' ? _sources : _functions).Add(pattern);
            }
        }
    }

    private static Regex Pattern(string text, bool isGlob, string place)
    {
        try
        {
            string expression = isGlob
                ? Regex.Escape(text).Replace(@"\*", ".*", StringComparison.Ordinal).Replace(@"\?", ".", StringComparison.Ordinal)
                : text.Replace("*", ".*", StringComparison.Ordinal);
            return new Regex($"^(?:{expression})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new SancovException($"{place}: '{text}' is no pattern: {e.Message}", e);
        }
    }
}
