using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Edgewise.Runtime.Sessions;

/// <summary>A set of edges: pairs of 32-bit numbers in one word, compared whole, so that no two are ever taken for one.</summary>
/// <remarks>
/// Open addressing with linear probing and Fibonacci hashing (Knuth, TAOCP 6.4). A slot counts only if it has the epoch of now; so emptying the set
/// is one addition, and with 64 bits an epoch never comes again. It doubles when three quarters full.
/// </remarks>
internal unsafe struct EdgeSet
{
    private const int FirstLength = 1 << 12;
    private const ulong Fibonacci = 0x9E3779B97F4A7C15;

    private Slot* _slots;
    private int _shift;
    private uint _mask;
    private uint _count;
    private ulong _epoch;

    private struct Slot
    {
        public ulong Edge;
        public ulong Epoch;
    }

    /// <summary>Bytes that it takes.</summary>
    public readonly long Size => _slots == null ? 0 : (_mask + 1L) * sizeof(Slot);

    /// <summary>Number of edges.</summary>
    public readonly int Count => (int)_count;

    /// <summary>Adds an edge.</summary>
    /// <returns>True if it is new.</returns>
    /// <exception cref="OutOfMemoryException">It cannot grow; the edge is not in it.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Add(ulong edge)
    {
        uint place = (uint)((edge * Fibonacci) >> _shift);
        Slot* slot = _slots + place;
        return (slot->Edge != edge || slot->Epoch != _epoch) && Search(edge, place);
    }

    /// <summary>True if an edge stands where it is looked for first; false tells nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool IsAtHome(ulong edge)
    {
        Slot* slot = _slots + (uint)((edge * Fibonacci) >> _shift);
        return slot->Edge == edge && slot->Epoch == _epoch;
    }

    /// <summary>Empties it; must be called before the first edge.</summary>
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

    /// <summary>All edges, in no order.</summary>
    public readonly List<ulong> ToList()
    {
        List<ulong> edges = [];
        for (long i = 0; _slots != null && i <= _mask; i++)
        {
            if (_slots[i].Epoch == _epoch)
            {
                edges.Add(_slots[i].Edge);
            }
        }

        return edges;
    }

    /// <summary>Gives its memory back.</summary>
    public void Free()
    {
        NativeMemory.Free(_slots);
        this = default;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Search(ulong edge, uint place)
    {
        for (; _slots[place].Epoch == _epoch; place = (place + 1) & _mask)
        {
            if (_slots[place].Edge == edge)
            {
                return false;
            }
        }

        if (_count >= _mask - (_mask >> 2))
        {
            Grow();
            return Search(edge, (uint)((edge * Fibonacci) >> _shift));
        }

        _slots[place] = new Slot { Edge = edge, Epoch = _epoch };
        _count++;
        return true;
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
                uint place = (uint)((old[i].Edge * Fibonacci) >> _shift);
                while (_slots[place].Epoch == _epoch)
                {
                    place = (place + 1) & _mask;
                }

                _slots[place] = old[i];
            }
        }

        NativeMemory.Free(old);
    }

    private void Allocate(int length)
    {
        _slots = (Slot*)NativeMemory.AllocZeroed((nuint)length, (nuint)sizeof(Slot));
        _mask = (uint)length - 1;
        _shift = 64 - System.Numerics.BitOperations.Log2((uint)length);
    }
}
