using System.Runtime.InteropServices;
using Edgewise.Runtime.Sessions;

namespace Edgewise.Bench.Unique.Designs;

/// <summary>The guard's number, and a bit each: <c>KCOV_UNIQUE_ENABLE</c>. A reset clears the whole map.</summary>
internal unsafe struct GuardBitmap : IUniqueDesign
{
    private const int WordShift = 6, WordMask = 63;

    private readonly ulong* _bits;
    private readonly uint _words;
    private GuardNumbers _numbers;
    private TraceArea _area;

    public GuardBitmap(int words, int sites)
    {
        _area = PcArea.Allocate(words);
        _words = ((uint)sites >> WordShift) + 1;
        _bits = (ulong*)NativeMemory.AllocZeroed(_words, sizeof(ulong));
    }

    public readonly long Recorded => _area.Count;

    public readonly long Lost => _area.Lost;

    public readonly long StateBytes => _words * (long)sizeof(ulong);

    public readonly bool IsSettled(ulong pc, uint* guard)
    {
        uint number = *guard;
        uint word = number >> WordShift;
        return word < _words && (_bits[word] & (1UL << (int)(number & WordMask))) != 0;
    }

    public void Record(ulong pc, uint* guard)
    {
        uint number = _numbers.Of(guard);
        uint word = number >> WordShift;
        ulong bit = 1UL << (int)(number & WordMask);

        // A number beyond the map is recorded each time, as in the kernel.
        if (word < _words)
        {
            ulong bits = _bits[word];
            if ((bits & bit) != 0)
            {
                return;
            }

            _bits[word] = bits | bit;
        }

        _area.Append(pc);
    }

    public void Reset()
    {
        _area.Clear();
        NativeMemory.Clear(_bits, _words * sizeof(ulong));
    }

    public readonly ulong[] Found() => PcArea.Words(_area);

    public readonly void Free()
    {
        PcArea.Free(_area);
        NativeMemory.Free(_bits);
    }
}
