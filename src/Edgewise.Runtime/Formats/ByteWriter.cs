using System.Buffers;
using System.Runtime.CompilerServices;

namespace Edgewise.Runtime.Formats;

/// <summary>A growable little-endian writer over a pooled buffer.</summary>
internal struct ByteWriter(int capacity) : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(capacity);
    private int _length;

    public readonly int Length => _length;

    public readonly ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    public readonly void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    /// <summary>Makes room, so that the next <paramref name="bytes"/> need no check.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Reserve(int bytes)
    {
        if (_buffer.Length - _length < bytes)
        {
            Grow(bytes);
        }
    }

    /// <summary>Writes seven bits a byte, lowest first; needs five reserved bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Variable(uint value)
    {
        byte[] buffer = _buffer;
        int length = _length;
        while (value >= 0x80)
        {
            buffer[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        buffer[length++] = (byte)value;
        _length = length;
    }

    /// <summary>Writes a signed value as <see cref="Variable"/> with the sign in bit 0.</summary>
    public void Signed(int value) => Variable((uint)((value << 1) ^ (value >> 31)));

    /// <summary>Appends bytes, making room for them.</summary>
    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>Appends a length and that many bytes.</summary>
    public void Counted(ReadOnlySpan<byte> bytes)
    {
        Reserve(5);
        Variable((uint)bytes.Length);
        Bytes(bytes);
    }

    private void Grow(int bytes)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + bytes));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
