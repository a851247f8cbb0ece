using System.Runtime.InteropServices;
using Edgewise.Runtime.Sessions;

namespace Edgewise.Bench.Unique.Designs;

/// <summary>The default of Edgewise: the guard's number, and for each number the byte of the epoch in which it was passed last. Events are counted too.</summary>
/// <remarks>The stamps are those of the Runtime; there a point has its number from the start, and no guard.</remarks>
internal unsafe struct ByteStamps : IUniqueDesign
{
    private readonly ThreadBlock* _block;
    
    public ByteStamps(int words, int sites)
    {
        _block = (ThreadBlock*)NativeMemory.AllocZeroed((nuint)sizeof(ThreadBlock));
        _block->Stamps = (byte*)NativeMemory.AllocZeroed((nuint)sites + 1);
        _block->StampCapacity = (uint)sites + 1;
        _block->Points = PcArea.Allocate(words);
        _block->FirstStamped = uint.MaxValue;
        PointStamps.Clear(_block);
    }

    public readonly long Recorded => _block->Points.Count;

    public readonly long Lost => _block->Points.Lost;

    public readonly long StateBytes => _block->StampCapacity;

    // Stamp 0 is nobody's and never of now, so a guard without a number goes the long way by the same comparison.
    public readonly bool IsSettled(ulong pc, uint* guard)
    {
        ThreadBlock* block = _block;
        block->Events++;
        return block->Stamps[*guard] == block->Epoch;
    }

    public readonly void Record(ulong pc, uint* guard)
    {
        uint number = GuardNumbers.Of(guard, ref _block->Previous);
        if (number >= _block->StampCapacity)
        {
            // More guards than stamps: told as new each time, as the kernel does.
            _block->Points.Append(pc);
        }
        else if (_block->Stamps[number] != _block->Epoch)
        {
            PointStamps.Set(_block, number);
            _block->Points.Append(pc);
        }
    }

    public readonly void Reset()
    {
        _block->Points.Clear();
        PointStamps.Clear(_block);
    }

    public readonly ulong[] Found() => PcArea.Words(_block->Points);

    public readonly void Free()
    {
        PcArea.Free(_block->Points);
        PointStamps.Free(_block);
        NativeMemory.Free(_block);
    }
}
