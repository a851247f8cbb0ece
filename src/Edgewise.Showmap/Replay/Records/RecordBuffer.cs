using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Edgewise.Showmap.Replay.Records;

/// <summary>Records one behind the other in memory: each its length, a checksum and its bytes. Numbers are in LEB128, texts in UTF-8 with their length in front.</summary>
internal sealed class RecordBuffer
{
    /// <summary>Bytes in front of each record.</summary>
    public const int PrefixSize = sizeof(int) + sizeof(uint);

    private const int LongestNumber = 10;

    private byte[] _bytes = new byte[1 << 16];
    private int _start;
    private int _end;

    /// <summary>The records that were ended.</summary>
    public ReadOnlySpan<byte> Whole => _bytes.AsSpan(0, _start);

    /// <summary>Begins a record.</summary>
    public void Begin(RecordKind kind)
    {
        _end = _start;
        Take(PrefixSize);
        Write((byte)kind);
    }

    /// <summary>Ends it.</summary>
    public void End()
    {
        ReadOnlySpan<byte> record = _bytes.AsSpan(_start + PrefixSize, _end - _start - PrefixSize);
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(_start), record.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(_start + sizeof(int)), Checksum(record));
        _start = _end;
    }

    /// <summary>Forgets all records.</summary>
    public void Clear() => _start = _end = 0;

    /// <summary>Adds a byte.</summary>
    public void Write(byte value) => Take(1)[0] = value;

    /// <summary>Adds a number.</summary>
    public void Write(ulong value)
    {
        Span<byte> place = Take(LongestNumber);
        int length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            place[length++] = (byte)(value | 0x80);
        }

        place[length++] = (byte)value;
        _end -= LongestNumber - length;
    }

    /// <summary>Adds a number that is not less than zero.</summary>
    public void Write(int value) => Write((uint)value);

    /// <summary>Adds bytes, without their number.</summary>
    public void Write(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    /// <summary>Adds a text.</summary>
    public void Write(string text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        Write(length);
        Encoding.UTF8.GetBytes(text, Take(length));
    }

    /// <summary>The checksum of a record: CRC-32C.</summary>
    public static uint Checksum(ReadOnlySpan<byte> record)
    {
        uint sum = ~0u;
        for (; record.Length >= sizeof(ulong); record = record[sizeof(ulong)..])
        {
            sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(record));
        }

        foreach (byte value in record)
        {
            sum = BitOperations.Crc32C(sum, value);
        }

        return ~sum;
    }

    private Span<byte> Take(int count)
    {
        if (_bytes.Length - _end < count)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _end + count));
        }

        Span<byte> taken = _bytes.AsSpan(_end, count);
        _end += count;
        return taken;
    }
}
