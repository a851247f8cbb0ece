using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Edgewise.Instrumentation.Image;

/// <summary>Reads a span forward. Every read is checked, and one past the end is an error of the file that names <paramref name="place"/>.</summary>
/// <param name="bytes">What to read.</param>
/// <param name="id">Id of the error, from <see cref="MetadataDiagnostics"/>.</param>
/// <param name="place">What the bytes are, for the message.</param>
internal ref struct ByteCursor(ReadOnlySpan<byte> bytes, string id, string place)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private readonly string _id = id;
    private readonly string _place = place;
    private int _position;

    /// <summary>Where the next read starts.</summary>
    public readonly int Position => _position;

    /// <summary>True when everything was read.</summary>
    public readonly bool AtEnd => _position == _bytes.Length;

    /// <summary>Bytes not yet read.</summary>
    public readonly int Remaining => _bytes.Length - _position;

    /// <summary>The next <paramref name="count"/> bytes.</summary>
    /// <exception cref="InstrumentationException">There are not as many.</exception>
    public ReadOnlySpan<byte> Bytes(long count)
    {
        if ((ulong)count > (ulong)Remaining)
        {
            Fail();
        }

        ReadOnlySpan<byte> read = _bytes.Slice(_position, (int)count);
        _position += (int)count;
        return read;
    }

    /// <summary>One byte.</summary>
    public byte UInt8() => Bytes(1)[0];

    /// <summary>Two bytes.</summary>
    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2));

    /// <summary>Four bytes.</summary>
    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4));

    /// <summary>Eight bytes.</summary>
    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(8));

    /// <summary>An unsigned integer in the 1, 2 or 4 bytes of ECMA-335 II.23.2.</summary>
    /// <exception cref="InstrumentationException">The bytes end inside it, or start with <c>111</c>.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint CompressedUInt32()
    {
        int at = _position;
        if ((uint)at < (uint)_bytes.Length && _bytes[at] < 0x80)
        {
            _position = at + 1;
            return _bytes[at];
        }

        return LongCompressed(out _);
    }

    /// <summary>A signed integer in the 1, 2 or 4 bytes of ECMA-335 II.23.2.</summary>
    /// <exception cref="InstrumentationException">The bytes end inside it, or start with <c>111</c>.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int CompressedInt32()
    {
        int at = _position;
        if ((uint)at < (uint)_bytes.Length && _bytes[at] < 0x80)
        {
            _position = at + 1;
            int value = _bytes[at];
            return (value >> 1) | (-(value & 1) << 6);
        }

        int rotated = (int)LongCompressed(out int signBit);
        return (rotated >> 1) | (-(rotated & 1) << signBit);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private uint LongCompressed(out int signBit)
    {
        byte first = UInt8();
        if (first < 0xC0)
        {
            signBit = 13;
            return ((uint)(first & 0x3F) << 8) | UInt8();
        }

        if (first >= 0xE0)
        {
            Fail();
        }

        signBit = 28;
        ReadOnlySpan<byte> rest = Bytes(3);
        return ((uint)(first & 0x1F) << 24) | ((uint)rest[0] << 16) | ((uint)rest[1] << 8) | rest[2];
    }

    private readonly void Fail() => throw new InstrumentationException(
        _id, $"{_place}: ends too early or holds an invalid number at byte {_position} of {_bytes.Length}");
}
