using System.Globalization;
using System.Text;

namespace Edgewise.Showmap.Differential.Reading;

/// <summary>Reads counts as Python's <c>int()</c> does: blanks around, a sign, <c>_</c> between digits, digits of any script.</summary>
public static class CountText
{
    /// <summary>Python's limit on the digits of a number in text.</summary>
    public const int MostDigits = 4300;

    /// <summary>Says whether a count is above zero.</summary>
    /// <returns>False where the text is no count.</returns>
    public static bool TryRead(ReadOnlySpan<char> text, out bool isPositive)
    {
        isPositive = false;
        text = Trim(text);
        bool isNegative = text is ['-', ..];
        text = text is ['+' or '-', ..] ? text[1..] : text;
        int digits = 0;
        bool afterDigit = false, isAboveZero = false;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune.Value == '_' && afterDigit)
            {
                afterDigit = false;
                continue;
            }

            if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.DecimalDigitNumber)
            {
                return false;
            }

            afterDigit = true;
            digits++;
            isAboveZero |= Rune.GetNumericValue(rune) > 0;
        }

        isPositive = isAboveZero && !isNegative;
        return afterDigit && digits <= MostDigits;
    }

    /// <summary>The text without the blanks around it, which are Python's: .NET's and the four separators of ASCII.</summary>
    public static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text)
    {
        int start = 0, end = text.Length;
        while (start < end && IsBlank(text[start]))
        {
            start++;
        }

        while (end > start && IsBlank(text[end - 1]))
        {
            end--;
        }

        return text[start..end];
    }

    private static bool IsBlank(char c) => char.IsWhiteSpace(c) || c is >= '\u001c' and <= '\u001f';
}
