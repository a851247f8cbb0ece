using System.Text;
using System.Text.RegularExpressions;

namespace Edgewise.Instrumentation.Selection;

/// <summary>
/// A pattern of a list that begins with <c>#!special-case-list-v1</c>, the dialect of clang before 18: a POSIX extended regular expression
/// in which <c>*</c> stands for <c>.*</c>, matched against the whole string.
/// </summary>
internal sealed class RegexPattern : IPattern
{
    private readonly Regex _regex;

    /// <summary>Compiles a pattern.</summary>
    /// <exception cref="FormatException">The pattern is malformed, or refers back to a group.</exception>
    public RegexPattern(string pattern)
    {
        try
        {
            // NonBacktracking: the time a list takes must not depend on how cleverly its author nests repetitions.
            _regex = new Regex(Translate(pattern), RegexOptions.NonBacktracking | RegexOptions.Singleline | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new FormatException(e.Message, e);
        }
    }

    /// <inheritdoc/>
    public bool Matches(string text) => _regex.IsMatch(text);

    private static string Translate(string pattern)
    {
        StringBuilder regex = new(@"\A(?:");
        bool canRepeat = false;
        int depth = 0;
        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i];
            bool repeats = c is '+' or '?' || (c == '{' && i + 1 < pattern.Length && char.IsAsciiDigit(pattern[i + 1]));
            if (repeats && !canRepeat)
            {
                // .NET would read a second one as lazy or possessive, and '(?' as the beginning of an option.
                throw new FormatException($"'{c}' has nothing to repeat");
            }

            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth < 0)
            {
                throw new FormatException("')' has no '('");
            }

            canRepeat = !repeats && c is not ('*' or '(' or '|' or '^');
            switch (c)
            {
                case '*':
                    regex.Append(".*");
                    break;
                case '[':
                    i = TranslateBrackets(pattern, i, regex);
                    break;
                case '\\':
                    i++;
                    regex.Append(Escaped(pattern, i));
                    break;
                case '{' when repeats:
                    int end = pattern.IndexOf('}', i);
                    regex.Append(end < 0 ? throw new FormatException("'{' has no '}'") : pattern.AsSpan(i, end + 1 - i));
                    i = end;
                    break;
                case '{' or '}':
                    regex.Append('\\').Append(c);
                    break;
                case '$':
                    regex.Append(@"\z");
                    break;
                default:
                    regex.Append(c);
                    break;
            }
        }

        return regex.Append(@")\z").ToString();
    }

    private static string Escaped(string pattern, int index)
    {
        if (index == pattern.Length)
        {
            throw new FormatException("'\\' stands at the end; it needs the character that it escapes");
        }

        char c = pattern[index];
        return c is < '1' or > '9'
            ? Regex.Escape(c.ToString())
            : throw new FormatException($"'\\{c}' refers back to a group, which is not supported");
    }

    // Inside brackets POSIX has no escapes, but named classes; .NET has it the other way round.
    private static int TranslateBrackets(string pattern, int start, StringBuilder regex)
    {
        int i = start + 1;
        regex.Append('[');
        if (i < pattern.Length && pattern[i] == '^')
        {
            regex.Append('^');
            i++;
        }

        for (int first = i; i < pattern.Length; i++)
        {
            char c = pattern[i];
            if (c == ']' && i > first)
            {
                regex.Append(']');
                return i;
            }

            if (c == '[' && i + 1 < pattern.Length && pattern[i + 1] == ':')
            {
                int end = pattern.IndexOf(":]", i + 2, StringComparison.Ordinal);
                regex.Append(NamedClass(end < 0 ? "" : pattern[(i + 2)..end]));
                i = end + 1;
            }
            else if (c == '*')
            {
                // The old dialect replaces every '*', those in brackets too: there it becomes the two characters of the class.
                regex.Append(".*");
            }
            else
            {
                regex.Append(c is '\\' or '[' or ']' ? $"\\{c}" : c.ToString());
            }
        }

        throw new FormatException("'[' has no ']'");
    }

    private static string NamedClass(string name) => name switch
    {
        "alpha" => "a-zA-Z",
        "digit" => "0-9",
        "alnum" => "a-zA-Z0-9",
        "upper" => "A-Z",
        "lower" => "a-z",
        "xdigit" => "0-9a-fA-F",
        "space" => @"\t-\r ",
        "blank" => @"\t ",
        "punct" => @"!-/:-@\[-`{-~",
        "print" => " -~",
        "graph" => "!-~",
        "cntrl" => @"\x00-\x1f\x7f",
        _ => throw new FormatException($"'[:{name}:]' is no character class"),
    };
}
