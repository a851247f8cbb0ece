using System.Runtime.InteropServices;
using Edgewise.Runtime.Sessions;

namespace Edgewise.Bench.Unique.Designs;

/// <summary>A table of PCs with linear probing; the upper 16 bits of a slot, which all PCs of a kernel share, hold the epoch in which it was filled. No guards.</summary>
internal unsafe struct OpenAddressing : IUniqueDesign
{
    private const int EpochShift = 48;
    private const ulong PcMask = (1UL << EpochShift) - 1;
    private const ulong Fibonacci = 0x9E3779B97F4A7C15;

    private readonly ulong* _slots;
    private readonly uint _mask;
    private readonly int _shift;
    private TraceArea _area;
    private ulong _epoch;
    private uint _count;

    public OpenAddressing(int words, int slotBits)
    {
        _area = PcArea.Allocate(words);
        _mask = (1u << slotBits) - 1;
        _shift = 64 - slotBits;
        _slots = (ulong*)NativeMemory.AllocZeroed(_mask + 1, sizeof(ulong));
        _epoch = 1UL << EpochShift;
    }

    public readonly long Recorded => _area.Count;

    public long Lost { get; private set; }

    public readonly long StateBytes => (_mask + 1L) * sizeof(ulong);

    public readonly bool IsSettled(ulong pc, uint* guard) => _slots[(uint)((pc * Fibonacci) >> _shift)] == ((pc & PcMask) | _epoch);

    public void Record(ulong pc, uint* guard)
    {
        ulong key = (pc & PcMask) | _epoch;
        uint place = (uint)((pc * Fibonacci) >> _shift);
        while (true)
        {
            ulong slot = _slots[place];
            if (slot == key)
            {
                return;
            }

            if ((slot & ~PcMask) != _epoch)
            {
                break;
            }

            place = (place + 1) & _mask;
        }

        // A table that is three quarters full takes no more.
        if (_count < _mask - (_mask >> 2))
        {
            _slots[place] = key;
            _count++;
            _area.Append(pc);
        }
        else
        {
            Lost++;
        }
    }

    public void Reset()
    {
        _area.Clear();
        Lost = 0;
        _count = 0;
        _epoch += 1UL << EpochShift;
        if (_epoch == 0)
        {
            NativeMemory.Clear(_slots, (_mask + 1) * sizeof(ulong));
            _epoch = 1UL << EpochShift;
        }
    }

    public readonly ulong[] Found() => PcArea.Words(_area);

    public readonly void Free()
    {
        PcArea.Free(_area);
        NativeMemory.Free(_slots);
    }
}
