using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Edgewise.Bench.Unique.Designs;

/// <summary>The delta-coded trace in blocks of 64 KiB, each compressed by DEFLATE as it fills.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A memory stream owns nothing but an array.")]
internal unsafe struct CompressedTrace : IUniqueDesign
{
    private const int BlockWords = 8 << 10;
    private const int FullBlock = (BlockWords * sizeof(ulong)) - 32;

    private readonly MemoryStream _blocks = new();
    private readonly long _room;
    private DeltaTrace _open = new(BlockWords);
    private long _events;

    public CompressedTrace(int words) => _room = words * (long)sizeof(ulong);

    public readonly long Recorded => _events + _open.Recorded;

    public long Lost { get; private set; }

    public readonly long StateBytes => BlockWords * sizeof(ulong);

    /// <summary>Bytes of the trace, the open block included as it is.</summary>
    public readonly long Bytes => _blocks.Length + _open.Bytes;

    public bool IsSettled(ulong pc, uint* guard) => _open.Bytes < FullBlock && _blocks.Length < _room && _open.IsSettled(pc, guard);

    public void Record(ulong pc, uint* guard)
    {
        if (_open.Bytes >= FullBlock)
        {
            Close();
        }

        if (_blocks.Length >= _room)
        {
            Lost++;
            return;
        }

        _open.Record(pc, guard);
    }

    /// <summary>Compresses what is open.</summary>
    public void Close()
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        MemoryMarshal.Write(length, (int)_open.Bytes);
        _blocks.Write(length);
        using (DeflateStream deflate = new(_blocks, CompressionLevel.Fastest, leaveOpen: true))
        {
            deflate.Write(_open.Coded);
        }

        _events += _open.Recorded;
        _open.Reset();
    }

    public void Reset()
    {
        _blocks.SetLength(0);
        _open.Reset();
        _events = 0;
        Lost = 0;
    }

    public readonly ulong[] Found() => throw new NotSupportedException("blocks are read one by one; only their size is of interest here");

    public readonly void Free() => _open.Free();
}
