using System.Globalization;
using Edgewise.Annotations;

namespace Puzzles.Parsers;

/// <summary>A theme: a head with a version, then a name and a colour in hexadecimal digits a line.</summary>
public static class Themes
{
    private static readonly Version Least = new(2, 3);

    /// <summary>Reads a theme, which must be new enough and have the right accent.</summary>
    [FuzzTarget("parser-themes")]
    public static void Read(string text)
    {
        string[] lines = text.Split('\n');
        string[] head = lines[0].Split('/');
        if (head.Length != 2 || head[0] != "theme" || !Version.TryParse(head[1], out Version? version) || version < Least)
        {
            return;
        }

        foreach (string line in lines.AsSpan(1))
        {
            string[] parts = line.Split(':', StringSplitOptions.TrimEntries);
            if (parts is ["accent", ['#', .. { Length: 6 } digits]] && int.TryParse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out int colour)
                && (colour >> 16, (colour >> 8) & 0xFF, colour & 0xFF) is (0x2E, > 0xC0 and < 0xC8, 0x71))
            {
                throw new PuzzleSolvedException();
            }
        }
    }
}
