using System.Runtime.InteropServices;
using Edgewise.Runtime.Map;

namespace Edgewise.Runtime.Sessions;

/// <summary>The stamps of a thread: which points it passed since the last reset. A byte a point, of which the system gives pages as points are passed.</summary>
/// <remarks>
/// A point was passed if its stamp is the epoch; emptying all is one addition, and every 255th time a clearing of what was stamped. A bitmap would be an eighth of
/// the size, and would have to be cleared each time; stamps of 16 bits would be cleared less often, and be twice the size.
/// </remarks>
internal static unsafe class PointStamps
{
    private const uint Smallest = 1 << 16;
    private const uint Largest = 1 << 30;

    /// <summary>Forgets all points.</summary>
    public static void Clear(ThreadBlock* block)
    {
        if (block->Epoch == byte.MaxValue)
        {
            if (block->BehindStamped > block->FirstStamped)
            {
                NativeMemory.Clear(block->Stamps + block->FirstStamped, block->BehindStamped - block->FirstStamped);
            }

            block->FirstStamped = Largest;
            block->BehindStamped = 0;
            block->Epoch = 0;
        }

        block->Epoch++;
    }

    /// <summary>Marks a point as passed.</summary>
    public static void Set(ThreadBlock* block, uint point)
    {
        block->Stamps[point] = block->Epoch;
        block->FirstStamped = Math.Min(block->FirstStamped, point);
        block->BehindStamped = Math.Max(block->BehindStamped, point + 1);
    }

    /// <summary>Makes room for all points that there are. Only on the block's own thread.</summary>
    /// <exception cref="OutOfMemoryException">There is no memory.</exception>
    public static void Prepare(ThreadBlock* block)
    {
        uint limit = Limit();
        if (block->StampCapacity == 0)
        {
            block->FirstStamped = Largest;
            Allocate(block, Math.Max(Smallest, limit));
        }
        else if (block->StampCapacity < limit)
        {
            Allocate(block, limit);
        }
    }

    /// <summary>Makes room for a point of a module that was loaded since. Only on the block's own thread.</summary>
    /// <returns>False where it is nobody's point, or there is no memory.</returns>
    public static bool Grow(ThreadBlock* block, uint point)
    {
        try
        {
            if (point < Limit())
            {
                Allocate(block, Limit());
                block->StampLimit = block->StampLimit == 0 ? 0 : block->StampCapacity;
                return true;
            }
        }
        catch (OutOfMemoryException)
        {
            // Told by the account: the point's events count as lost.
        }

        return false;
    }

    /// <summary>Gives the memory back; no thread may use the block.</summary>
    public static void Free(ThreadBlock* block)
    {
        NativeMemory.Free(block->Stamps);
        block->Stamps = null;
        block->StampCapacity = 0;
        block->Epoch = 0;
        block->BehindStamped = 0;
    }

    private static uint Limit()
    {
        var limit = (uint*)Host.Ask(MapRequest.Limit);
        return limit == null ? 0 : Math.Min(Largest, *limit);
    }

    private static void Allocate(ThreadBlock* block, uint capacity)
    {
        byte* stamps = (byte*)NativeMemory.AllocZeroed(capacity);
        if (block->BehindStamped > block->FirstStamped)
        {
            NativeMemory.Copy(block->Stamps + block->FirstStamped, stamps + block->FirstStamped, block->BehindStamped - block->FirstStamped);
        }

        NativeMemory.Free(block->Stamps);
        block->Stamps = stamps;
        block->StampCapacity = capacity;
    }
}
