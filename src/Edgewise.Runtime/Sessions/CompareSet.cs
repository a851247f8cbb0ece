using System.Runtime.InteropServices;

namespace Edgewise.Runtime.Sessions;

/// <summary>A set of comparisons: type and site, and both operands, compared whole. Built as <see cref="EdgeSet"/> is.</summary>
internal unsafe struct CompareSet
{
    private const int FirstLength = 1 << 12;
    private const ulong Fibonacci = 0x9E3779B97F4A7C15;
    private const ulong Mix = 0xD6E8FEB86659FD93;
    private const int Half = 32;

    private Slot* _slots;
    private uint _mask;
    private uint _count;
    private ulong _epoch;

    private struct Slot
    {
        public ulong Place;
        public ulong Left;
        public ulong Right;
        public ulong Epoch;
    }

    /// <summary>Bytes that it takes.</summary>
    public readonly long Size => _slots == null ? 0 : (_mask + 1L) * sizeof(Slot);

    /// <summary>Number of comparisons.</summary>
    public readonly int Count => (int)_count;

    /// <summary>Adds a comparison.</summary>
    /// <param name="place">Type and site.</param>
    /// <param name="left">First operand.</param>
    /// <param name="right">Second operand.</param>
    /// <returns>True if it is new.</returns>
    /// <exception cref="OutOfMemoryException">It cannot grow; the comparison is not in it.</exception>
    public bool Add(ulong place, ulong left, ulong right)
    {
        uint at = Hash(place, left, right) & _mask;
        for (; _slots[at].Epoch == _epoch; at = (at + 1) & _mask)
        {
            Slot* slot = _slots + at;
            if (slot->Left == left && slot->Right == right && slot->Place == place)
            {
                return false;
            }
        }

        if (_count >= _mask - (_mask >> 2))
        {
            Grow();
            return Add(place, left, right);
        }

        _slots[at] = new Slot { Place = place, Left = left, Right = right, Epoch = _epoch };
        _count++;
        return true;
    }

    /// <summary>Empties it; must be called before the first comparison.</summary>
    /// <exception cref="OutOfMemoryException">There is no memory.</exception>
    public void Clear()
    {
        if (_slots == null)
        {
            Allocate(FirstLength);
        }

        _epoch++;
        _count = 0;
    }

    /// <summary>Gives its memory back.</summary>
    public void Free()
    {
        NativeMemory.Free(_slots);
        this = default;
    }

    private static uint Hash(ulong place, ulong left, ulong right)
    {
        ulong hash = ((place * Fibonacci) ^ left) * Mix;
        hash = ((hash ^ (hash >> Half)) + right) * Fibonacci;
        return (uint)(hash >> Half);
    }

    private void Grow()
    {
        Slot* old = _slots;
        uint length = _mask + 1;
        Allocate(checked((int)(length * 2)));
        for (uint i = 0; i < length; i++)
        {
            if (old[i].Epoch == _epoch)
            {
                uint at = Hash(old[i].Place, old[i].Left, old[i].Right) & _mask;
                while (_slots[at].Epoch == _epoch)
                {
                    at = (at + 1) & _mask;
                }

                _slots[at] = old[i];
            }
        }

        NativeMemory.Free(old);
    }

    private void Allocate(int length)
    {
        _slots = (Slot*)NativeMemory.AllocZeroed((nuint)length, (nuint)sizeof(Slot));
        _mask = (uint)length - 1;
    }
}
