using System.Runtime.InteropServices;
using Edgewise.Kernel.Device.Platform;

namespace Edgewise.Kernel.Device;

/// <summary>Memory that kcov records into: word 0 is a count, records follow.</summary>
/// <remarks>
/// The task that is traced writes it, in this process or another; who reads while it runs sees a count that may be ahead of its record, so read what has come to rest. At the end of the area the kernel
/// drops records and says nothing: a full area has to be taken for one that overflowed.
/// </remarks>
public sealed unsafe class KcovArea : IDisposable
{
    private readonly IKernelCalls _calls;
    private ulong* _words;

    internal KcovArea(IKernelCalls calls, long address, int words, bool isWritable)
    {
        _calls = calls;
        _words = (ulong*)address;
        Words = words;
        IsWritable = isWritable;
    }

    /// <summary>Words of the area, the count among them.</summary>
    public int Words { get; }

    /// <summary>False for a view that cannot be written, so that <see cref="Reset"/> is not for it.</summary>
    public bool IsWritable { get; }

    /// <summary>Records so far, however many words each takes.</summary>
    /// <exception cref="ObjectDisposedException">The area is no longer mapped.</exception>
    public ulong Count => Volatile.Read(ref *Start);

    /// <summary>All words, the count among them.</summary>
    /// <exception cref="ObjectDisposedException">The area is no longer mapped.</exception>
    public ReadOnlySpan<ulong> Content => new(Start, Words);

    /// <summary>The PCs of a trace of PCs, in their order.</summary>
    /// <exception cref="ObjectDisposedException">The area is no longer mapped.</exception>
    public ReadOnlySpan<ulong> Pcs => new(Start + 1, (int)Math.Min(Count, (ulong)CapacityOf(Words, recordWords: 1)));

    /// <summary>The records of a trace of compares, in their order.</summary>
    /// <exception cref="ObjectDisposedException">The area is no longer mapped.</exception>
    public ReadOnlySpan<KcovCompare> Compares =>
        MemoryMarshal.Cast<ulong, KcovCompare>(new ReadOnlySpan<ulong>(Start + 1, KcovCompare.Words * (int)Math.Min(Count, (ulong)CapacityOf(Words, KcovCompare.Words))));

    private ulong* Start => _words == null ? throw new ObjectDisposedException(nameof(KcovArea)) : _words;

    /// <summary>Records that an area has room for.</summary>
    /// <param name="words">Words of the area.</param>
    /// <param name="recordWords">Words of a record: 1 for PCs, <see cref="KcovCompare.Words"/> for compares.</param>
    public static int CapacityOf(int words, int recordWords) => (words - 1) / recordWords;

    /// <summary>True if there is no room for another record, so that some may have been dropped.</summary>
    /// <param name="recordWords">Words of a record.</param>
    /// <exception cref="ObjectDisposedException">The area is no longer mapped.</exception>
    public bool IsFull(int recordWords) => Count >= (ulong)CapacityOf(Words, recordWords);

    /// <summary>Sets the count to 0. What was recorded before is written over.</summary>
    /// <exception cref="InvalidOperationException">The area cannot be written.</exception>
    /// <exception cref="ObjectDisposedException">The area is no longer mapped.</exception>
    public void Reset()
    {
        if (!IsWritable)
        {
            throw new InvalidOperationException("this view of a kcov area is for reading alone");
        }

        Volatile.Write(ref *Start, 0);
    }

    /// <summary>Leaves only the first records, for readers that come later.</summary>
    /// <param name="count">How many; no more than there are.</param>
    /// <exception cref="InvalidOperationException">The area cannot be written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer.</exception>
    /// <exception cref="ObjectDisposedException">The area is no longer mapped.</exception>
    public void Truncate(ulong count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count);
        if (!IsWritable)
        {
            throw new InvalidOperationException("this view of a kcov area is for reading alone");
        }

        Volatile.Write(ref *Start, count);
    }

    /// <summary>Takes the mapping away.</summary>
    public void Dispose()
    {
        if (_words != null)
        {
            _calls.Unmap((long)_words, (long)Words * sizeof(ulong));
            _words = null;
        }
    }
}
