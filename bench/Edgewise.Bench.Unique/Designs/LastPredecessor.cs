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
    private uint _epoch;
    private long _events;

    public LastPredecessor(int words, int sites)
    {
        _area = PcArea.Allocate(words);
        _sites = (uint)sites + 1;
        _last = (ulong*)NativeMemory.AllocZeroed(_sites, sizeof(ulong));
        _known.Clear();
        _epoch = 1;
    }

    public readonly long Recorded => _area.Count;

    public readonly long Lost => _area.Lost;

    public readonly long StateBytes => _known.Size + (_sites * (long)sizeof(ulong));

    public readonly long Events => _events;

    public void Hit(ulong pc, uint* guard)
    {
        _events++;
        uint number = _numbers.Of(guard);
        uint before = _before;
        _before = number;
        ulong seen = ((ulong)_epoch << Shift) | before;
        if (_last[number] != seen)
        {
            _last[number] = seen;
            ulong edge = ((ulong)before << Shift) | number;
            if (_known.Add(edge))
            {
                _area.Append(edge);
            }
        }
    }

    public void Reset()
    {
        _area.Clear();
        _known.Clear();
        _before = 0;
        if (++_epoch == 0)
        {
            NativeMemory.Clear(_last, _sites * sizeof(ulong));
            _epoch = 1;
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
