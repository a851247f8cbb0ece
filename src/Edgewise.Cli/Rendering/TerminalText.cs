using System.Globalization;
using System.Text;

namespace Edgewise.Cli.Rendering;

/// <summary>Makes text from files safe to print: names in metadata and PDBs can hold anything.</summary>
internal static class TerminalText
{
    /// <summary>The text with control characters and lone surrogates written as <c>\u001b</c>, so that it stays on its line and moves no cursor.</summary>
    public static string Plain(string text)
    {
        int first = IndexOfUnsafe(text, 0);
        if (first < 0)
        {
            return text;
        }

        StringBuilder plain = new();
        int start = 0;
        for (int i = first; i >= 0; i = IndexOfUnsafe(text, start))
        {
            plain.Append(text, start, i - start).Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:x4}");
            start = i + 1;
        }

        return plain.Append(text, start, text.Length - start).ToString();
    }

    private static int IndexOfUnsafe(string text, int start)
    {
        for (int i = start; i < text.Length; i++)
        {
            bool isPair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            if (isPair)
            {
                i++;
            }
            else if (char.IsControl(text[i]) || char.IsSurrogate(text[i]) || IsDirectionOrBreak(text[i]))
            {
                return i;
            }
        }

        return -1;
    }

    // Line and paragraph separators, and the marks that reorder what a reader sees.
    private static bool IsDirectionOrBreak(char c) => c is >= '\u2028' and <= '\u202E' or >= '\u2066' and <= '\u2069';
}
