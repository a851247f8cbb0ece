using System.Runtime.InteropServices;
using Edgewise.Runtime.Sessions;

namespace Edgewise.Bench.Unique.Designs;

/// <summary>The guard's number and a bit each, in segments of a cache line; a reset clears the segments that were written, of which there is a list.</summary>
internal unsafe struct SegmentBitmap : IUniqueDesign
{
    private const int WordShift = 6, WordMask = 63, SegmentShift = 3, SegmentWords = 1 << SegmentShift;

    private readonly ulong* _bits;
    private readonly uint* _written;
    private readonly byte* _isWritten;
    private readonly uint _segments;
    private uint _writtenCount;
    private GuardNumbers _numbers;
    private TraceArea _area;

    public SegmentBitmap(int words, int sites)
    {
        _area = PcArea.Allocate(words);
        _segments = ((uint)sites >> (WordShift + SegmentShift)) + 1;
        _bits = (ulong*)NativeMemory.AlignedAlloc(_segments * SegmentWords * sizeof(ulong), SegmentWords * sizeof(ulong));
        NativeMemory.Clear(_bits, _segments * SegmentWords * sizeof(ulong));
        _written = (uint*)NativeMemory.AllocZeroed(_segments, sizeof(uint));
        _isWritten = (byte*)NativeMemory.AllocZeroed(_segments);
    }

    public readonly long Recorded => _area.Count;

    public readonly long Lost => _area.Lost;

    public readonly long StateBytes => _segments * ((SegmentWords * (long)sizeof(ulong)) + sizeof(uint) + 1);

    public readonly bool IsSettled(ulong pc, uint* guard)
    {
        uint number = *guard;
        return (_bits[number >> WordShift] & (1UL << (int)(number & WordMask))) != 0;
    }

    public void Record(ulong pc, uint* guard)
    {
        uint number = _numbers.Of(guard);
        uint word = number >> WordShift;
        ulong bit = 1UL << (int)(number & WordMask);
        if ((_bits[word] & bit) == 0)
        {
            _bits[word] |= bit;
            uint segment = word >> SegmentShift;
            if (_isWritten[segment] == 0)
            {
                _isWritten[segment] = 1;
                _written[_writtenCount++] = segment;
            }

            _area.Append(pc);
        }
    }

    public void Reset()
    {
        _area.Clear();
        for (uint i = 0; i < _writtenCount; i++)
        {
            new Span<ulong>(_bits + ((nuint)_written[i] << SegmentShift), SegmentWords).Clear();
            _isWritten[_written[i]] = 0;
        }

        _writtenCount = 0;
    }

    public readonly ulong[] Found() => PcArea.Words(_area);

    public readonly void Free()
    {
        PcArea.Free(_area);
        NativeMemory.AlignedFree(_bits);
        NativeMemory.Free(_written);
        NativeMemory.Free(_isWritten);
    }
}
