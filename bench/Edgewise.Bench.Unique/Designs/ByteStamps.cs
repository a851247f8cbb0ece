using System.Runtime.InteropServices;
using Edgewise.Runtime.Sessions;

namespace Edgewise.Bench.Unique.Designs;

/// <summary>The default of Edgewise: the guard's number, and for each number the byte of the epoch in which it was passed last. Events are counted too, as sessions do.</summary>
/// <remarks>In .NET a point has its number from the start, and no guard.</remarks>
internal unsafe struct ByteStamps : IUniqueDesign
{
    private readonly byte* _stamps;
    private readonly uint _sites;
    private byte _epoch;
    private uint _highest;
    private GuardNumbers _numbers;
    private TraceArea _area;

    public ByteStamps(int words, int sites)
    {
        _area = PcArea.Allocate(words);
        _sites = (uint)sites + 1;
        _stamps = (byte*)NativeMemory.AllocZeroed(_sites);
        _epoch = 1;
    }

    public readonly long Recorded => _area.Count;

    public readonly long Lost => _area.Lost;

    public readonly long StateBytes => _sites;

    /// <summary>How often a place was passed since the design was made.</summary>
    public long Events { get; private set; }

    // Stamp 0 is nobody's and never of now, so a guard without a number goes the long way by the same comparison; and no number is beyond the stamps.
    public bool IsSettled(ulong pc, uint* guard)
    {
        Events++;
        return _stamps[*guard] == _epoch;
    }

    public void Record(ulong pc, uint* guard)
    {
        uint number = _numbers.Of(guard);
        if (_stamps[number] != _epoch)
        {
            _stamps[number] = _epoch;
            _highest = Math.Max(_highest, number);
            _area.Append(pc);
        }
    }

    public void Reset()
    {
        _area.Clear();
        if (++_epoch == 0)
        {
            NativeMemory.Clear(_stamps, _highest + 1);
            _epoch = 1;
        }
    }

    public readonly ulong[] Found() => PcArea.Words(_area);

    /// <summary>How many places were passed since the reset, whether or not there was room for them.</summary>
    public readonly int Passed => new ReadOnlySpan<byte>(_stamps, (int)_sites).Count(_epoch);

    public readonly void Free()
    {
        PcArea.Free(_area);
        NativeMemory.Free(_stamps);
    }
}
