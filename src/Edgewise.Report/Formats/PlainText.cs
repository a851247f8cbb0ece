using System.Text;

namespace Edgewise.Report.Formats;

/// <summary>Makes names from files safe for formats of lines and for XML.</summary>
internal static class PlainText
{
    /// <summary>The text with control characters, lone surrogates and what XML cannot hold as <c>\u001b</c>.</summary>
    public static string Of(string text)
    {
        if (!NeedsEscape(text))
        {
            return text;
        }

        StringBuilder plain = new();
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (IsUnsafe(rune))
            {
                plain.Append($"\\u{rune.Value:x4}");
            }
            else
            {
                plain.Append(rune.ToString());
            }
        }

        return plain.ToString();
    }

    private static bool NeedsEscape(string text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (IsUnsafe(rune))
            {
                return true;
            }
        }

        return false;
    }

    // A lone surrogate is enumerated as the replacement character.
    private static bool IsUnsafe(Rune rune) => Rune.IsControl(rune) || rune == Rune.ReplacementChar || rune.Value is 0xFFFE or 0xFFFF;
}
