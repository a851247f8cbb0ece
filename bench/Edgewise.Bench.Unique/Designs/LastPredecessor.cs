using System.Runtime.InteropServices;
using Edgewise.Runtime.Sessions;

namespace Edgewise.Bench.Unique.Designs;

/// <summary>Exact edges with a word a point in front of the set: the point's last predecessor, and the epoch. In a loop it is the same again.</summary>
internal unsafe struct LastPredecessor : IUniqueDesign
{
    private const int Shift = 32;

    private readonly ulong* _last;
    private readonly uint _sites;
    private EdgeSet _known;
    private GuardNumbers _numbers;
    private TraceArea _area;
    private uint _before;
    private ulong _seen;
    private long _events;

    public LastPredecessor(int words, int sites)
    {
        _area = PcArea.Allocate(words);
        _sites = (uint)sites + 1;
        _last = (ulong*)NativeMemory.AllocZeroed(_sites, sizeof(ulong));
        _known.Clear();
        _seen = 1UL << Shift;
    }

    public readonly long Recorded => _area.Count;

    public readonly long Lost => _area.Lost;

    public readonly long StateBytes => _known.Size + (_sites * (long)sizeof(ulong));

    public readonly long Events => _events;

    public bool IsSettled(ulong pc, uint* guard)
    {
        _events++;
        uint number = *guard;
        if (_last[number] != (_seen | _before))
        {
            return false;
        }

        _before = number;
        return true;
    }

    public void Record(ulong pc, uint* guard)
    {
        uint number = _numbers.Of(guard);
        if (number < _sites)
        {
            _last[number] = _seen | _before;
        }

        ulong edge = ((ulong)_before << Shift) | number;
        _before = number;
        if (_known.Add(edge))
        {
            _area.Append(edge);
        }
    }

    public void Reset()
    {
        _area.Clear();
        _known.Clear();
        _before = 0;
        _seen += 1UL << Shift;
        if (_seen == 0)
        {
            NativeMemory.Clear(_last, _sites * sizeof(ulong));
            _seen = 1UL << Shift;
        }
    }

    public readonly ulong[] Found() => PcArea.Words(_area);

    public void Free()
    {
        PcArea.Free(_area);
        NativeMemory.Free(_last);
        _known.Free();
    }
}
