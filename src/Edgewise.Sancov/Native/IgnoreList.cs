using System.IO.Enumeration;
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

    private readonly Part _sources = new();
    private readonly Part _functions = new();

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
    public bool HasSource(string path) => _sources.Has(path);

    /// <summary>True for a function that is left out.</summary>
    public bool HasFunction(string name) => _functions.Has(name);

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
                    ? Pattern(line[1..^1], isGlob, place)(Section)
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
            Func<string, bool> pattern = Pattern(category < 0 ? line[(colon + 1)..] : line[(colon + 1)..category], isGlob, place);
            if (counts && line[..colon] is "src" or "fun")
            {
                (line[0] == 's' ? _sources : _functions).Add(pattern);
            }
        }
    }

    private static Func<string, bool> Pattern(string text, bool isGlob, string place)
    {
        if (Wildcards(text, isGlob) is { } wildcards)
        {
            return name => FileSystemName.MatchesSimpleExpression(wildcards, name, ignoreCase: false);
        }

        try
        {
            string expression = text.Replace("*", ".*", StringComparison.Ordinal);
            Regex regex = new($"^(?:{expression})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline);
            return regex.IsMatch;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new SancovException($"{place}: '{text}' is no pattern: {e.Message}", e);
        }
    }

    // The same pattern in the wildcards of .NET's file names, '*' and '?' with '\' before what stands for itself; null for one that needs more of a regular expression.
    private static string? Wildcards(string text, bool isGlob)
    {
        StringBuilder wildcards = new();
        for (int i = 0; i < text.Length; i++)
        {
            char character = text[i];
            if (character == '*' || (isGlob && character == '?'))
            {
                wildcards.Append(character);
            }
            else if (!isGlob && character == '.')
            {
                wildcards.Append('?');
            }
            else if (!isGlob && character == '\\' && i + 1 < text.Length && char.IsAscii(text[i + 1]) && !char.IsAsciiLetterOrDigit(text[i + 1]))
            {
                wildcards.Append('\\').Append(text[++i]);
            }
            else if (!isGlob && "\\^$|()[]{}+?".Contains(character))
            {
                return null;
            }
            else
            {
                wildcards.Append(character == '\\' ? @"\\" : character.ToString());
            }
        }

        return wildcards.ToString();
    }

    /// <summary>The patterns for sources, or those for functions, with what was asked before.</summary>
    private sealed class Part
    {
        private readonly List<Func<string, bool>> _patterns = [];

        // By reference: symbolisers' answers keep each name once, and hashing its text takes longer than all else.
        private readonly HashSet<object> _listed = new(ReferenceEqualityComparer.Instance);
        private readonly HashSet<object> _free = new(ReferenceEqualityComparer.Instance);
        private string? _lastFree;

        public void Add(Func<string, bool> pattern) => _patterns.Add(pattern);

        public bool Has(string name)
        {
            if (ReferenceEquals(name, _lastFree) || _free.Contains(name))
            {
                _lastFree = name;
                return false;
            }

            if (_listed.Contains(name))
            {
                return true;
            }

            bool isListed = Matches(name);
            (isListed ? _listed : _free).Add(name);
            return isListed;
        }

        private bool Matches(string name) => _patterns.Exists(pattern => pattern(name));
    }
}
