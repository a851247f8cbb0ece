using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Edgewise.Runtime.Formats;

/// <summary>Reads what <see cref="ByteWriter"/> wrote, and fails by <see cref="CoverageFormatException"/> alone.</summary>
internal ref struct ByteReader(ReadOnlySpan<byte> data, string source, string format)
{
    private readonly ReadOnlySpan<byte> _data = data;
    private int _position;

    public readonly int Position => _position;

    public readonly int Remaining => _data.Length - _position;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Variable()
    {
        int position = _position;
        if ((uint)position < (uint)_data.Length && _data[position] < 0x80)
        {
            _position = position + 1;
            return _data[position];
        }

        return LongVariable();
    }

    /// <summary>A variable-length number that stands for a count or a size and must not exceed <paramref name="limit"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Count(int limit, string what)
    {
        uint value = Variable();
        if (value > (uint)limit)
        {
            FailCount(value, limit, what);
        }

        return (int)value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Signed()
    {
        uint value = Variable();
        return (int)(value >> 1) ^ -(int)(value & 1);
    }

    public byte Byte()
    {
        if (Remaining == 0)
        {
            Fail("the data ends here");
        }

        return _data[_position++];
    }

    public ReadOnlySpan<byte> Bytes(int count)
    {
        if (count > Remaining)
        {
            Fail($"{count} bytes expected, {Remaining} left");
        }

        ReadOnlySpan<byte> bytes = _data.Slice(_position, count);
        _position += count;
        return bytes;
    }

    [DoesNotReturn]
    public readonly void Fail(string what) =>
        throw new CoverageFormatException($"{source}: {format}, offset {_position}: {what}");

    [DoesNotReturn]
    private readonly void FailCount(uint value, int limit, string what) => Fail($"{what} {value} exceeds {limit}");

    private uint LongVariable()
    {
        uint value = 0;
        for (int shift = 0; shift < 35; shift += 7)
        {
            byte next = Byte();
            if (shift == 28 && next > 0x0F)
            {
                break;
            }

            value |= (uint)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        Fail("a number of more than 32 bits");
        return 0;
    }
}
