using System.Runtime.InteropServices;
using Edgewise.Runtime.Sessions;

namespace Edgewise.Bench.Unique.Designs;

/// <summary>The guard's number, and stamps of 16 bits.</summary>
internal unsafe struct WideStamps : IUniqueDesign
{
    private readonly ushort* _stamps;
    private readonly uint _sites;
    private GuardNumbers _numbers;
    private TraceArea _area;
    private ushort _epoch;

    public WideStamps(int words, int sites)
    {
        _area = PcArea.Allocate(words);
        _sites = (uint)sites + 1;
        _stamps = (ushort*)NativeMemory.AllocZeroed(_sites, sizeof(ushort));
        _epoch = 1;
    }

    public readonly long Recorded => _area.Count;

    public readonly long Lost => _area.Lost;

    public readonly long StateBytes => _sites * (long)sizeof(ushort);

    public readonly bool IsSettled(ulong pc, uint* guard)
    {
        uint number = *guard;
        return number < _sites && _stamps[number] == _epoch;
    }

    public void Record(ulong pc, uint* guard)
    {
        uint number = _numbers.Of(guard);
        if (number < _sites && _stamps[number] != _epoch)
        {
            _stamps[number] = _epoch;
            _area.Append(pc);
        }
    }

    public void Reset()
    {
        _area.Clear();
        if (++_epoch == 0)
        {
            NativeMemory.Clear(_stamps, _sites * sizeof(ushort));
            _epoch = 1;
        }
    }

    public readonly ulong[] Found() => PcArea.Words(_area);

    public readonly void Free()
    {
        PcArea.Free(_area);
        NativeMemory.Free(_stamps);
    }
}
