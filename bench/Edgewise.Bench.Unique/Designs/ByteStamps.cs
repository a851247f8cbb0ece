using System.Runtime.InteropServices;
using Edgewise.Runtime.Sessions;

namespace Edgewise.Bench.Unique.Designs;

/// <summary>The default of Edgewise: the guard's number, and for each number the byte of the epoch in which it was passed last. Events are counted too.</summary>
/// <remarks>The stamps are those of the Runtime; there a point has its number from the start, and no guard.</remarks>
internal unsafe struct ByteStamps : IUniqueDesign
{
    private readonly ThreadBlock* _block;
    private GuardNumbers _numbers;
    private TraceArea _area;

    public ByteStamps(int words, int sites)
    {
        _area = PcArea.Allocate(words);
        _block = (ThreadBlock*)NativeMemory.AllocZeroed((nuint)sizeof(ThreadBlock));
        _block->Stamps = (byte*)NativeMemory.AllocZeroed((nuint)sites + 1);
        _block->StampCapacity = (uint)sites + 1;
        _block->StampLimit = (uint)sites + 1;
        _block->FirstStamped = uint.MaxValue;
        PointStamps.Clear(_block);
    }

    public readonly long Recorded => _area.Count;

    public readonly long Lost => _area.Lost;

    public readonly long StateBytes => _block->StampCapacity;

    public void Hit(ulong pc, uint* guard)
    {
        ThreadBlock* block = _block;
        block->Events++;
        uint number = _numbers.Of(guard);
        if (number < block->StampLimit && block->Stamps[number] != block->Epoch)
        {
            PointStamps.Set(block, number);
            _area.Append(pc);
        }
    }

    public void Reset()
    {
        _area.Clear();
        PointStamps.Clear(_block);
    }

    public readonly ulong[] Found() => PcArea.Words(_area);

    public readonly void Free()
    {
        PcArea.Free(_area);
        PointStamps.Free(_block);
        NativeMemory.Free(_block);
    }
}
