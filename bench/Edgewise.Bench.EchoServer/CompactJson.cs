namespace Edgewise.Bench.EchoServer;

/// <summary>Writes a JSON document again without the white space between its tokens.</summary>
/// <remarks>Byte by byte, as serialisers of their own make are. The document has been parsed before, so its grammar is not checked again.</remarks>
public static class CompactJson
{
    /// <summary>Writes a document.</summary>
    /// <param name="document">Valid JSON in UTF-8.</param>
    /// <param name="target">At least as long as the document.</param>
    /// <returns>Bytes written.</returns>
    public static int Write(ReadOnlySpan<byte> document, Span<byte> target)
    {
        int written = 0;
        for (int i = 0; i < document.Length; i++)
        {
            byte unit = document[i];
            if (unit == '"')
            {
                int length = LengthOfString(document[i..]);
                document.Slice(i, length).CopyTo(target[written..]);
                written += length;
                i += length - 1;
            }
            else if (unit > ' ')
            {
                target[written++] = unit;
            }
        }

        return written;
    }

    private static int LengthOfString(ReadOnlySpan<byte> text)
    {
        for (int i = 1; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == '"')
            {
                return i + 1;
            }
        }

        return text.Length;
    }
}
