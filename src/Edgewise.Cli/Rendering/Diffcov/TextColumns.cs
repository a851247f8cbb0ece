using System.Text;

namespace Edgewise.Cli.Rendering.Diffcov;

/// <summary>Cells of plain tables, padded by characters as Python counts them: by code points.</summary>
internal static class TextColumns
{
    /// <summary>How many code points a text has.</summary>
    public static int Width(string text)
    {
        int pairs = 0;
        foreach (char c in text)
        {
            pairs += char.IsLowSurrogate(c) ? 1 : 0;
        }

        return text.Length - pairs;
    }

    /// <summary>A text without its middle where it is too long: names of configurations differ at both ends.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">Code points that it may have.</param>
    public static string Shortened(string text, int most)
    {
        Rune[] runes = [.. text.EnumerateRunes()];
        int end = (most - 1) / 2, start = most - 1 - end;
        return runes.Length <= most ? text : $"{string.Concat(runes[..start])}…{string.Concat(runes[^end..])}";
    }

    /// <summary>Adds a text with blanks behind it.</summary>
    public static StringBuilder Left(this StringBuilder line, string text, int width) => line.Append(text).Append(' ', Math.Max(0, width - Width(text)));

    /// <summary>Adds a text with blanks in front of it.</summary>
    public static StringBuilder Right(this StringBuilder line, string text, int width) => line.Append(' ', Math.Max(0, width - Width(text))).Append(text);
}
