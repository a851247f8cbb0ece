using System.Text;

namespace Edgewise.Showmap.Replay.Records;

/// <summary>Reads what a <see cref="RecordBuffer"/> wrote into one record.</summary>
/// <param name="record">The record, without what stands in front of it.</param>
internal ref struct RecordCursor(ReadOnlySpan<byte> record)
{
    private const int BitsOfByte = 7;
    private const int MostShift = 63;

    private ReadOnlySpan<byte> _rest = record;

    /// <summary>Bytes that are left.</summary>
    public readonly int Left => _rest.Length;

    /// <summary>The next byte.</summary>
    /// <exception cref="FormatException">The record ends.</exception>
    public byte Byte() => Bytes(1)[0];

    /// <summary>The next number.</summary>
    /// <exception cref="FormatException">The record ends, or it is none.</exception>
    public ulong Number()
    {
        ulong value = 0;
        for (int i = 0, shift = 0; i < _rest.Length && shift <= MostShift; i++, shift += BitsOfByte)
        {
            byte next = _rest[i];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return value;
            }
        }

        throw new FormatException("a number without an end");
    }

    /// <summary>The next number of a few bits.</summary>
    /// <exception cref="FormatException">The record ends, or it is none, or one of more bits.</exception>
    public int Int() => Number() is var value and <= int.MaxValue ? (int)value : throw new FormatException("a number of more than 31 bits");

    /// <summary>The next bytes.</summary>
    /// <exception cref="FormatException">The record ends.</exception>
    public ReadOnlySpan<byte> Bytes(int count)
    {
        if (count > _rest.Length)
        {
            throw new FormatException("the record ends");
        }

        ReadOnlySpan<byte> bytes = _rest[..count];
        _rest = _rest[count..];
        return bytes;
    }

    /// <summary>The next text.</summary>
    /// <exception cref="FormatException">The record ends.</exception>
    public string Text() => Encoding.UTF8.GetString(Bytes(Int()));
}
