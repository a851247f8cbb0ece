using System.Runtime.CompilerServices;

namespace Edgewise.Runtime.Sessions;

/// <summary>Stores what instrumented code passes, where a stamp does not settle it. Always on the block's own thread.</summary>
internal static unsafe class ThreadRecorder
{
    private const int EdgeShift = 32;
    private const int TypeShift = 32;

    /// <summary>A point that its stamp does not settle; it is counted already.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Record(ThreadBlock* block, int point)
    {
        ThreadGate.Enter(block);
        Recordings recording = block->Recording;
        if ((recording & Recordings.Muted) != 0)
        {
            block->Reentrant++;
            block->Events[point & (ThreadBlock.EventCounts - 1)]--;
        }
        else if (recording == Recordings.AllPcs)
        {
            block->Points.Append((uint)point);
        }
        else
        {
            if ((recording & Recordings.UniquePcs) != 0)
            {
                RecordUnique(block, (uint)point);
            }

            if ((recording & Recordings.UniqueEdges) != 0)
            {
                RecordEdge(block, (uint)point);
            }
        }

        ThreadGate.Leave(block);
    }

    /// <summary>A comparison, while something is recorded.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Compare(ThreadBlock* block, ulong type, ulong left, ulong right, int site)
    {
        ThreadGate.Enter(block);
        Recordings recording = block->Recording;
        if ((recording & Recordings.Muted) != 0)
        {
            block->Reentrant++;
        }
        else if ((recording & Recordings.Compares) != 0)
        {
            block->CompareEvents++;
            if ((recording & Recordings.UniqueCompares) == 0 || IsNew(block, type, left, right, site))
            {
                block->Compares.Append(type, left, right, (uint)site);
            }
        }

        ThreadGate.Leave(block);
    }

    private static void RecordUnique(ThreadBlock* block, uint point)
    {
        if (PointStamps.Add(block, point))
        {
            block->Points.Append(point);
        }
    }

    private static void RecordEdge(ThreadBlock* block, uint point)
    {
        ulong edge = ((ulong)block->Previous << EdgeShift) | (point + 1);
        block->Previous = point + 1;
        try
        {
            if (block->KnownEdges.Add(edge))
            {
                block->Edges.Append(edge);
            }
        }
        catch (Exception failure) when (failure is OutOfMemoryException or OverflowException)
        {
            block->Edges.Lost++;
        }
    }

    private static bool IsNew(ThreadBlock* block, ulong type, ulong left, ulong right, int site)
    {
        try
        {
            return block->KnownCompares.Add((type << TypeShift) | (uint)site, left, right);
        }
        catch (Exception failure) when (failure is OutOfMemoryException or OverflowException)
        {
            block->Compares.Lost++;
            return false;
        }
    }
}
