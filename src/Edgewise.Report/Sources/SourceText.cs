using System.Text;

namespace Edgewise.Report.Sources;

/// <summary>The text of a source file, by lines.</summary>
public sealed class SourceText
{
    private readonly string _text;
    private readonly int[] _starts;

    /// <summary>Divides text into lines, which end at <c>\n</c>, <c>\r\n</c> or <c>\r</c>.</summary>
    public SourceText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        _text = text;
        List<int> starts = [0];
        for (int end = 0; (end = IndexOfBreak(end)) >= 0;)
        {
            end += text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n' ? 2 : 1;
            starts.Add(end);
        }

        // Behind the last break there is no line more.
        if (starts[^1] == text.Length)
        {
            starts.RemoveAt(starts.Count - 1);
        }

        _starts = [.. starts];
    }

    /// <summary>Number of lines.</summary>
    public int LineCount => _starts.Length;

    /// <summary>A line without its end.</summary>
    /// <param name="number">Its number, from 1.</param>
    public ReadOnlySpan<char> Line(int number)
    {
        int start = _starts[number - 1], end = number < _starts.Length ? _starts[number] : _text.Length;
        return _text.AsSpan(start, end - start).TrimEnd("\r\n");
    }

    /// <summary>Decodes a file: by its byte order mark, as UTF-8, or where it is none, byte by byte as Latin-1.</summary>
    /// <param name="content">All bytes.</param>
    /// <param name="note">What a reader should know of that; null for UTF-8.</param>
    public static SourceText Decode(byte[] content, out string? note)
    {
        ArgumentNullException.ThrowIfNull(content);
        note = null;
        ReadOnlySpan<byte> bytes = content;
        if (bytes.StartsWith(Encoding.Unicode.Preamble) || bytes.StartsWith(Encoding.BigEndianUnicode.Preamble))
        {
            note = "encoded as UTF-16";
            Encoding encoding = bytes[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode;
            return new SourceText(encoding.GetString(bytes[2..]));
        }

        bytes = bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        try
        {
            return new SourceText(new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes));
        }
        catch (DecoderFallbackException)
        {
            note = "no valid UTF-8, shown as Latin-1";
            return new SourceText(Encoding.Latin1.GetString(bytes));
        }
    }

    private int IndexOfBreak(int start)
    {
        int index = _text.AsSpan(start).IndexOfAny('\r', '\n');
        return index < 0 ? -1 : start + index;
    }
}
