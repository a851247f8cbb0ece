namespace Edgewise.Hosting.Targets;

/// <summary>
/// The input of a run as a stream that can be read and sought, and not written. It is opened anew for each run, over memory of its own: a target that keeps
/// it reads nothing that is gone, and one that closes it does no harm.
/// </summary>
internal sealed class InputStream : Stream
{
    private byte[] _data = [];
    private int _length;
    private int _position;
    private bool _isOpen;

    /// <inheritdoc/>
    public override bool CanRead => _isOpen;

    /// <inheritdoc/>
    public override bool CanSeek => _isOpen;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length
    {
        get
        {
            ObjectDisposedException.ThrowIf(!_isOpen, this);
            return _length;
        }
    }

    /// <inheritdoc/>
    public override long Position
    {
        get
        {
            ObjectDisposedException.ThrowIf(!_isOpen, this);
            return _position;
        }

        set => Seek(value, SeekOrigin.Begin);
    }

    /// <summary>Begins at the start of a copy of an input.</summary>
    public Stream Open(ReadOnlySpan<byte> input)
    {
        if (_data.Length < input.Length)
        {
            _data = new byte[Math.Max(input.Length, Math.Min(2 * _data.Length, Array.MaxLength))];
        }

        input.CopyTo(_data);
        _length = input.Length;
        _position = 0;
        _isOpen = true;
        return this;
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(!_isOpen, this);
        int count = Math.Min(buffer.Length, _length - _position);
        if (count <= 0)
        {
            return 0;
        }

        _data.AsSpan(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        return Read(buffer.AsSpan(offset, count));
    }

    /// <inheritdoc/>
    public override int ReadByte()
    {
        ObjectDisposedException.ThrowIf(!_isOpen, this);
        return _position < _length ? _data[_position++] : -1;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<int>(cancellationToken) : ValueTask.FromResult(Read(buffer.Span));

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin)
    {
        ObjectDisposedException.ThrowIf(!_isOpen, this);
        long from = origin switch
        {
            SeekOrigin.Begin => 0,
            SeekOrigin.Current => _position,
            SeekOrigin.End => _length,
            _ => throw new ArgumentOutOfRangeException(nameof(origin)),
        };
        long position = unchecked(from + offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, int.MaxValue);
        if (position < 0)
        {
            throw new IOException("the position is before the start of the stream");
        }

        // As in a MemoryStream, one may seek beyond the end, where there is nothing to read.
        _position = (int)Math.Min(position, int.MaxValue);
        return _position;
    }

    /// <inheritdoc/>
    public override void Flush() { }

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException("the input of a fuzz target cannot be changed");

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("the input of a fuzz target cannot be changed");

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _isOpen = false;
        base.Dispose(disposing);
    }
}
