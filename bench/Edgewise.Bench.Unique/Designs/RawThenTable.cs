using System.Runtime.InteropServices;
using Edgewise.Runtime.Sessions;

namespace Edgewise.Bench.Unique.Designs;

/// <summary>
/// Every PC until the area is three quarters full; then the area is deduplicated where it stands, and goes on with each PC once, by a table as in <see cref="OpenAddressing"/>.
/// Needs no guards. A reader finds PCs twice where there was room for that; nothing else differs.
/// </summary>
internal unsafe struct RawThenTable : IUniqueDesign
{
    private const int EpochShift = 48;
    private const ulong PcMask = (1UL << EpochShift) - 1;
    private const ulong Fibonacci = 0x9E3779B97F4A7C15;

    private readonly ulong* _slots;
    private readonly uint _mask;
    private readonly int _shift;
    private readonly ulong _full;
    private readonly ulong _threshold;
    private TraceArea _area;
    private ulong _epoch;
    private uint _count;

    public RawThenTable(int words, int slotBits)
    {
        _area = PcArea.Allocate(words);
        _full = _area.Capacity;
        _threshold = _area.Capacity = _full - (_full >> 2);
        _mask = (1u << slotBits) - 1;
        _shift = 64 - slotBits;
        _slots = (ulong*)NativeMemory.AllocZeroed(_mask + 1, sizeof(ulong));
        _epoch = 1UL << EpochShift;
    }

    public readonly long Recorded => _area.Count;

    public long Lost { get; private set; }

    public readonly long StateBytes => (_mask + 1L) * sizeof(ulong);

    /// <summary>True from the moment on at which the area was deduplicated.</summary>
    public readonly bool IsUnique => _area.Capacity == _full;

    // While the area fills, its capacity is the threshold; from then on no word is appended without a look.
    public bool IsSettled(ulong pc, uint* guard) => _count == 0
        ? _area.TryAppend(pc)
        : _slots[(uint)((pc * Fibonacci) >> _shift)] == ((pc & PcMask) | _epoch);

    public void Record(ulong pc, uint* guard)
    {
        if (_count == 0)
        {
            Deduplicate();
        }

        if (Add(pc))
        {
            _area.Append(pc);
            Lost += _area.Lost;
            _area.Lost = 0;
        }
    }

    public void Reset()
    {
        _area.Clear();
        _area.Capacity = _threshold;
        Lost = 0;
        _count = 0;
        _epoch += 1UL << EpochShift;
        if (_epoch == 0)
        {
            NativeMemory.Clear(_slots, (_mask + 1) * sizeof(ulong));
            _epoch = 1UL << EpochShift;
        }
    }

    /// <summary>Leaves each PC of the area once, in the order in which they came.</summary>
    public void Deduplicate()
    {
        ulong kept = 0;
        ulong* words = _area.Start + 1;
        for (ulong i = 0, end = *_area.Start; i < end; i++)
        {
            if (Add(words[i]))
            {
                words[kept++] = words[i];
            }
        }

        *_area.Start = kept;
        _area.Capacity = _full;
    }

    public readonly ulong[] Found() => PcArea.Words(_area);

    public readonly void Free()
    {
        PcArea.Free(_area);
        NativeMemory.Free(_slots);
    }

    private bool Add(ulong pc)
    {
        ulong key = (pc & PcMask) | _epoch;
        uint place = (uint)((pc * Fibonacci) >> _shift);
        for (; (_slots[place] & ~PcMask) == _epoch; place = (place + 1) & _mask)
        {
            if (_slots[place] == key)
            {
                return false;
            }
        }

        if (_count >= _mask - (_mask >> 2))
        {
            Lost++;
            return false;
        }

        _slots[place] = key;
        _count++;
        return true;
    }
}
