namespace Edgewise.Supervision.Memory;

/// <summary>
/// A ring of bytes in shared memory from one writer to one reader, without locks. Whole records are published at once, so that the reader never sees
/// half of one, even if the writer was killed while it wrote.
/// </summary>
/// <remarks>
/// Two numbers that only grow: bytes written, which only the writer stores, and bytes read, which only the reader stores. Each stands on a cache line of
/// its own. A process may take the writer's or the reader's place of another once that one has ended.
/// </remarks>
public sealed unsafe class ByteRing
{
    private readonly long* _written;
    private readonly long* _read;
    private readonly byte* _data;

    /// <summary>A ring over shared memory that was zero at first.</summary>
    /// <param name="written">The number of bytes written.</param>
    /// <param name="read">The number of bytes read.</param>
    /// <param name="data">The bytes.</param>
    /// <param name="capacity">Their number, a power of two.</param>
    public ByteRing(long* written, long* read, byte* data, int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(int.IsPow2(capacity), true, nameof(capacity));
        _written = written;
        _read = read;
        _data = data;
        Capacity = capacity;
    }

    /// <summary>The largest record that fits.</summary>
    public int Capacity { get; }

    /// <summary>Bytes that wait for the reader.</summary>
    /// <exception cref="InvalidDataException">The numbers contradict each other: someone stored over them.</exception>
    public int Available
    {
        get
        {
            long available = Volatile.Read(ref *_written) - Volatile.Read(ref *_read);
            return (ulong)available <= (ulong)Capacity
                ? (int)available
                : throw new InvalidDataException($"shared memory is damaged: a ring of {Capacity} bytes holds {available}");
        }
    }

    /// <summary>Bytes that the writer may add.</summary>
    public int Free => Capacity - Available;

    /// <summary>Adds a record of two parts as a whole.</summary>
    /// <returns>False where there is not enough room; then nothing was added.</returns>
    public bool TryWrite(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        int length = head.Length + body.Length;
        if (Free < length)
        {
            return false;
        }

        long position = *_written;
        CopyIn(head, position);
        CopyIn(body, position + head.Length);
        Volatile.Write(ref *_written, position + length);
        return true;
    }

    /// <summary>Adds as many bytes as there is room for.</summary>
    /// <returns>Their number.</returns>
    public int WriteSome(ReadOnlySpan<byte> bytes)
    {
        int length = Math.Min(Free, bytes.Length);
        CopyIn(bytes[..length], *_written);
        Volatile.Write(ref *_written, *_written + length);
        return length;
    }

    /// <summary>Copies bytes that wait, without taking them.</summary>
    /// <param name="skip">Bytes to leave out at the front.</param>
    /// <param name="destination">Takes the bytes.</param>
    /// <returns>False where not so many wait; then nothing was copied.</returns>
    public bool TryPeek(int skip, Span<byte> destination)
    {
        if (Available < skip + destination.Length)
        {
            return false;
        }

        int start = (int)((*_read + skip) & (Capacity - 1));
        int first = Math.Min(destination.Length, Capacity - start);
        new ReadOnlySpan<byte>(_data + start, first).CopyTo(destination);
        new ReadOnlySpan<byte>(_data, destination.Length - first).CopyTo(destination[first..]);
        return true;
    }

    /// <summary>Takes bytes that wait.</summary>
    public void Skip(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Available);
        Volatile.Write(ref *_read, *_read + count);
    }

    private void CopyIn(ReadOnlySpan<byte> bytes, long position)
    {
        int start = (int)(position & (Capacity - 1));
        int first = Math.Min(bytes.Length, Capacity - start);
        bytes[..first].CopyTo(new Span<byte>(_data + start, first));
        bytes[first..].CopyTo(new Span<byte>(_data, bytes.Length - first));
    }
}
