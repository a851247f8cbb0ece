using System.Globalization;
using System.Text;

namespace Edgewise.Corpus.Dictionaries;

/// <summary>
/// Reads and writes dictionaries of libFuzzer and AFL: a word a line as <c>name="…"</c>, <c>name@level="…"</c> or <c>"…"</c>, with the escapes <c>\\</c>, <c>\"</c> and
/// <c>\xAB</c>; empty lines and those that begin with <c>#</c> mean nothing.
/// </summary>
public static class DictionaryFile
{
    private const int HexDigits = 2;
    private const byte FirstPrintable = 0x20;
    private const byte LastPrintable = 0x7E;

    /// <summary>Reads a file.</summary>
    /// <exception cref="CorpusException">It cannot be read, or a line is no word; the message names the line and the place in it.</exception>
    public static IReadOnlyList<DictionaryWord> Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            return Parse(path, File.ReadAllBytes(path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CorpusException($"{path}: the dictionary cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>Reads the content of a file. A byte that no escape stands for is itself, so that words may be UTF-8 or anything else.</summary>
    /// <param name="source">What it is called in messages.</param>
    /// <param name="content">The content.</param>
    /// <exception cref="CorpusException">A line is no word; the message names the line and the place in it.</exception>
    public static IReadOnlyList<DictionaryWord> Parse(string source, ReadOnlySpan<byte> content)
    {
        List<DictionaryWord> words = [];
        int number = 0;
        foreach (Range range in content.Split((byte)'\n'))
        {
            number++;
            ReadOnlySpan<byte> line = content[range].Trim(" \t\r\v\f"u8);
            if (!line.IsEmpty && line[0] != '#')
            {
                words.Add(ParseLine(line, $"{source}: line {number}"));
            }
        }

        return words;
    }

    /// <summary>Writes a word as a line, without a name.</summary>
    public static string Write(ReadOnlySpan<byte> word)
    {
        var text = new StringBuilder("\"");
        foreach (byte value in word)
        {
            if (value is (byte)'"' or (byte)'\\')
            {
                text.Append('\\').Append((char)value);
            }
            else if (value is >= FirstPrintable and <= LastPrintable)
            {
                text.Append((char)value);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"\\x{value:X2}");
            }
        }

        return text.Append('"').ToString();
    }

    private static DictionaryWord ParseLine(ReadOnlySpan<byte> line, string place)
    {
        int open = line.IndexOf((byte)'"');
        if (open < 0 || line.Length == open + 1 || line[^1] != '"')
        {
            throw new CorpusException($"{place}: expected name=\"word\" or \"word\"");
        }

        (string name, int level) = ParseName(line[..open].TrimEnd(" \t"u8), place);
        byte[] word = ParseWord(line[(open + 1)..^1], open + 2, place);
        return word.Length > 0 ? new DictionaryWord(name, level, word) : throw new CorpusException($"{place}: an empty word; expected at least one byte");
    }

    private static (string Name, int Level) ParseName(ReadOnlySpan<byte> text, string place)
    {
        if (text.IsEmpty)
        {
            return (string.Empty, 0);
        }

        if (text[^1] != '=')
        {
            throw new CorpusException($"{place}: '{Encoding.UTF8.GetString(text)}' before the word; expected a name and '='");
        }

        string name = Encoding.UTF8.GetString(text[..^1]).Trim();
        int at = name.LastIndexOf('@');

        // To libFuzzer a name may be anything, so what is no level is a part of it.
        return at >= 0 && int.TryParse(name.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int level) ? (name[..at], level) : (name, 0);
    }

    private static byte[] ParseWord(ReadOnlySpan<byte> text, int column, string place)
    {
        List<byte> word = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            byte value = text[i];
            if (value != '\\')
            {
                word.Add(value);
                continue;
            }

            if (i + 1 < text.Length && text[i + 1] is (byte)'\\' or (byte)'"')
            {
                word.Add(text[++i]);
            }
            else if (i + 1 + HexDigits < text.Length && text[i + 1] == 'x' && TryHex(text.Slice(i + 2, HexDigits), out byte escaped))
            {
                word.Add(escaped);
                i += 1 + HexDigits;
            }
            else
            {
                throw new CorpusException($"{place}, column {column + i}: a backslash without meaning; expected \\\\, \\\" or \\x and two hexadecimal digits");
            }
        }

        return [.. word];
    }

    private static bool TryHex(ReadOnlySpan<byte> digits, out byte value) => byte.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
}
