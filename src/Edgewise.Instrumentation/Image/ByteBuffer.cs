using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Edgewise.Instrumentation.Image;

/// <summary>A growable little-endian writer over one array. It is meant to be kept and cleared, not made anew.</summary>
internal sealed class ByteBuffer(int capacity = 256)
{
    private byte[] _bytes = new byte[Math.Max(capacity, 16)];
    private int _length;

    /// <summary>Bytes written so far, and where the next one goes.</summary>
    public int Position => _length;

    /// <summary>Forgets what was written, and keeps the memory.</summary>
    public void Clear() => _length = 0;

    /// <summary>Forgets what was written from <paramref name="position"/> on.</summary>
    public void Truncate(int position)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)position, (uint)_length, nameof(position));
        _length = position;
    }

    /// <summary>What was written. The next write that grows the buffer makes the span stale.</summary>
    public Span<byte> AsSpan() => _bytes.AsSpan(0, _length);

    /// <summary>A part of what was written.</summary>
    public Span<byte> AsSpan(int start, int count) => AsSpan().Slice(start, count);

    /// <summary>A copy of what was written.</summary>
    public byte[] ToArray() => AsSpan().ToArray();

    /// <summary>Makes room for <paramref name="count"/> more bytes, so that writing them does not grow the array.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Reserve(int count)
    {
        if ((uint)(_bytes.Length - _length) < (uint)count)
        {
            Grow(count);
        }
    }

    /// <summary>Appends <paramref name="count"/> bytes of undefined content, which the caller fills.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Append(int count)
    {
        Reserve(count);
        Span<byte> span = _bytes.AsSpan(_length, count);
        _length += count;
        return span;
    }

    /// <summary>Appends one byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteByte(byte value)
    {
        byte[] bytes = _bytes;
        int at = _length;
        if ((uint)at < (uint)bytes.Length)
        {
            bytes[at] = value;
            _length = at + 1;
        }
        else
        {
            GrowAndWrite(value);
        }
    }

    /// <summary>Appends two bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteUInt16(ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Append(2), value);

    /// <summary>Appends four bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteInt32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Append(4), value);

    /// <summary>Appends four bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteUInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Append(4), value);

    /// <summary>Appends eight bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteInt64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Append(8), value);

    /// <summary>Appends bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteBytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Append(bytes.Length));

    /// <summary>Appends zeros.</summary>
    public void WriteZeros(int count) => Append(count).Clear();

    /// <summary>Appends zeros until the position, counted from <paramref name="origin"/>, is a multiple of <paramref name="alignment"/>, a power of two.</summary>
    public void Align(int alignment, int origin = 0) => WriteZeros(-(_length - origin) & (alignment - 1));

    /// <summary>Appends an unsigned integer in the 1, 2 or 4 bytes of ECMA-335 II.23.2.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is 2^29 or more.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteCompressedUInt32(uint value)
    {
        if (value < 0x80)
        {
            WriteByte((byte)value);
        }
        else
        {
            WriteLongCompressed(value);
        }
    }

    /// <summary>Appends a signed integer in the 1, 2 or 4 bytes of ECMA-335 II.23.2: the value rotated left by one, the sign lowest.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside -2^28 … 2^28-1.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteCompressedInt32(int value)
    {
        if ((uint)(value + 0x40) < 0x80)
        {
            WriteByte((byte)(((value & 0x3F) << 1) | (int)((uint)value >> 31)));
        }
        else
        {
            WriteLongCompressedSigned(value);
        }
    }

    /// <summary>Overwrites the byte at <paramref name="position"/>.</summary>
    public void PatchByte(int position, byte value) => AsSpan()[position] = value;

    /// <summary>Overwrites two bytes at <paramref name="position"/>.</summary>
    public void PatchUInt16(int position, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(AsSpan(position, 2), value);

    /// <summary>Overwrites four bytes at <paramref name="position"/>.</summary>
    public void PatchInt32(int position, int value) => BinaryPrimitives.WriteInt32LittleEndian(AsSpan(position, 4), value);

    /// <summary>Overwrites four bytes at <paramref name="position"/>.</summary>
    public void PatchUInt32(int position, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(AsSpan(position, 4), value);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WriteLongCompressed(uint value)
    {
        if (value < 0x4000)
        {
            BinaryPrimitives.WriteUInt16BigEndian(Append(2), (ushort)(value | 0x8000));
        }
        else
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 0x1FFF_FFFFu);
            BinaryPrimitives.WriteUInt32BigEndian(Append(4), value | 0xC000_0000);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WriteLongCompressedSigned(int value)
    {
        uint sign = (uint)value >> 31;
        if (value is >= -0x2000 and < 0x2000)
        {
            BinaryPrimitives.WriteUInt16BigEndian(Append(2), (ushort)(0x8000 | ((uint)(value & 0x1FFF) << 1) | sign));
        }
        else
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, -0x1000_0000);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 0x0FFF_FFFF);
            BinaryPrimitives.WriteUInt32BigEndian(Append(4), 0xC000_0000 | ((uint)(value & 0x0FFF_FFFF) << 1) | sign);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void GrowAndWrite(byte value)
    {
        Grow(1);
        _bytes[_length++] = value;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        long needed = (long)_length + count;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(needed, Array.MaxLength, nameof(count));
        byte[] grown = GC.AllocateUninitializedArray<byte>((int)Math.Min(Math.Max(needed, 2L * _bytes.Length), Array.MaxLength));
        _bytes.AsSpan(0, _length).CopyTo(grown);
        _bytes = grown;
    }
}
