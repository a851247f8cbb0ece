using System.Globalization;
using System.Text;
using Edgewise.Annotations;

namespace Puzzles.Parsers;

/// <summary>A quoted literal with escapes, whose value counts and not how it is written.</summary>
public static class Literals
{
    /// <summary>Reads a literal.</summary>
    [FuzzTarget("parser-literals")]
    public static void Read(string text)
    {
        if (TryDecode(text, out string value) && value == "say \"no\"\tor go\n")
        {
            throw new PuzzleSolvedException();
        }
    }

    private static bool TryDecode(string text, out string value)
    {
        var decoded = new StringBuilder();
        value = "";
        if (text.Length < 2 || text[0] != '"')
        {
            return false;
        }

        for (int i = 1; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '"':
                    value = decoded.ToString();
                    return i == text.Length - 1;
                case '\\' when i == text.Length - 1:
                    return false;
                case '\\':
                    switch (text[++i])
                    {
                        case 'n':
                            decoded.Append('\n');
                            break;
                        case 't':
                            decoded.Append('\t');
                            break;
                        case '"' or '\\':
                            decoded.Append(text[i]);
                            break;
                        case 'x' when i + 2 < text.Length && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out byte code):
                            decoded.Append((char)code);
                            i += 2;
                            break;
                        default:
                            return false;
                    }

                    break;
                default:
                    decoded.Append(text[i]);
                    break;
            }
        }

        return false;
    }
}
