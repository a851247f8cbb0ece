namespace Edgewise.Instrumentation.Image;

/// <summary>A heap stream: the file's bytes, and bytes appended behind them, so that every offset there was holds.</summary>
/// <param name="place">What it is, for messages: <c>metadata: #Blob</c>.</param>
/// <param name="bytes">The file.</param>
/// <param name="start">Where in it the heap starts.</param>
/// <param name="length">Its bytes.</param>
internal sealed class MetadataHeap(string place, byte[] bytes, int start, int length)
{
    private readonly ByteBuffer _appended = new();

    /// <summary>Bytes, those appended included.</summary>
    public int Length => length + _appended.Position;

    /// <summary>True if something was appended.</summary>
    public bool IsGrown => _appended.Position != 0;

    /// <summary>The bytes from an offset to the end of the part, original or appended, that it lies in.</summary>
    /// <exception cref="InstrumentationException">The offset lies outside.</exception>
    public ReadOnlySpan<byte> From(uint offset)
    {
        if (offset < (uint)length)
        {
            return bytes.AsSpan(start + (int)offset, length - (int)offset);
        }

        return offset < (uint)Length
            ? _appended.AsSpan()[((int)offset - length)..]
            : throw new InstrumentationException(
                MetadataDiagnostics.Damaged, $"{place}: offset {offset} is wanted, and it has {Length} bytes");
    }

    /// <summary>The bytes up to the zero that ends them.</summary>
    /// <exception cref="InstrumentationException">The offset lies outside, or there is no zero.</exception>
    public ReadOnlySpan<byte> ZeroTerminated(uint offset)
    {
        ReadOnlySpan<byte> rest = From(offset);
        int end = rest.IndexOf((byte)0);
        return end >= 0 ? rest[..end] : throw new InstrumentationException(
            MetadataDiagnostics.Damaged, $"{place}: the string at offset {offset} has no end");
    }

    /// <summary>The bytes behind a compressed length.</summary>
    /// <exception cref="InstrumentationException">The offset or the end lies outside.</exception>
    public ReadOnlySpan<byte> LengthPrefixed(uint offset)
    {
        ReadOnlySpan<byte> rest = From(offset);
        if (rest[0] < 0x80 && rest[0] < rest.Length)
        {
            return rest.Slice(1, rest[0]);
        }

        ByteCursor cursor = new(rest, MetadataDiagnostics.Damaged, place);
        return cursor.Bytes(cursor.CompressedUInt32());
    }

    /// <summary>Appends bytes and a zero.</summary>
    /// <returns>Their offset.</returns>
    public uint AddZeroTerminated(ReadOnlySpan<byte> content)
    {
        uint offset = (uint)Length;
        _appended.WriteBytes(content);
        _appended.WriteByte(0);
        return offset;
    }

    /// <summary>Appends a compressed length and bytes.</summary>
    /// <returns>Their offset.</returns>
    public uint AddLengthPrefixed(ReadOnlySpan<byte> content)
    {
        uint offset = (uint)Length;
        _appended.WriteCompressedUInt32((uint)content.Length);
        _appended.WriteBytes(content);
        return offset;
    }

    /// <summary>Appends one byte: a heap that the file has not got starts with an empty entry.</summary>
    public void AddEmptyEntry() => _appended.WriteByte(0);

    /// <summary>Writes the heap.</summary>
    public void Write(ByteBuffer output)
    {
        output.WriteBytes(bytes.AsSpan(start, length));
        output.WriteBytes(_appended.AsSpan());
    }
}
