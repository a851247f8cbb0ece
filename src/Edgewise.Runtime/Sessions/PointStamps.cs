using System.Runtime.InteropServices;

namespace Edgewise.Runtime.Sessions;

/// <summary>The stamps of a thread: which points it passed since the last reset. A byte a point, of which the system gives pages as points are passed.</summary>
/// <remarks>
/// A point was passed if its stamp is the epoch; emptying all is one addition, and every 255th time a clearing of what was stamped. A bitmap would be an eighth of
/// the size, and would have to be cleared each time; stamps of 16 bits would be cleared less often, and be twice the size.
/// </remarks>
internal static unsafe class PointStamps
{
    /// <summary>Makes sure that the thread has stamps.</summary>
    /// <exception cref="InsufficientMemoryException">There are no addresses.</exception>
    public static void Prepare(ThreadBlock* block)
    {
        if (block->OwnStamps == null)
        {
            block->OwnStamps = StampSpace.Allocate();
            block->FirstStamped = uint.MaxValue;
        }
    }

    /// <summary>Forgets all points.</summary>
    public static void Clear(ThreadBlock* block)
    {
        if (block->Epoch == byte.MaxValue)
        {
            if (block->BehindStamped > block->FirstStamped)
            {
                NativeMemory.Clear(block->OwnStamps + block->FirstStamped, block->BehindStamped - block->FirstStamped);
            }

            block->FirstStamped = uint.MaxValue;
            block->BehindStamped = 0;
            block->Epoch = 0;
        }

        block->Epoch++;
    }

    /// <summary>Marks a point as passed.</summary>
    /// <returns>True if it was not.</returns>
    public static bool Add(ThreadBlock* block, uint point)
    {
        byte* stamp = block->OwnStamps + point;
        if (*stamp == block->Epoch)
        {
            return false;
        }

        *stamp = block->Epoch;
        block->FirstStamped = Math.Min(block->FirstStamped, point);
        block->BehindStamped = Math.Max(block->BehindStamped, point + 1);
        return true;
    }

    /// <summary>All points that were passed, in the order of their numbers.</summary>
    public static List<uint> Passed(ThreadBlock* block)
    {
        List<uint> points = [];
        for (uint point = block->FirstStamped; block->OwnStamps != null && point < block->BehindStamped; point++)
        {
            if (block->OwnStamps[point] == block->Epoch)
            {
                points.Add(point);
            }
        }

        return points;
    }

    /// <summary>Gives the memory back; no thread may use the block.</summary>
    public static void Free(ThreadBlock* block)
    {
        StampSpace.Free(block->OwnStamps);
        block->OwnStamps = null;
    }
}
