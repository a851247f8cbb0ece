using System.Runtime.InteropServices;

namespace Edgewise.Runtime.Sessions;

/// <summary>
/// What instrumented methods know of their thread: they fetch its address once, when they are entered. It is native memory that stays as long as the
/// thread lives, whatever sessions come and go.
/// </summary>
/// <remarks>
/// Written by its thread, and by others only while the gate is closed: <see cref="ThreadGate"/>. <see cref="Stamps"/> and the sets are the thread's, not
/// the session's, and only the thread itself replaces them; so a method that looks a point up while another thread disposes of the session touches nothing that is gone.
/// </remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ThreadBlock
{
    /// <summary>Number of counts in <see cref="Events"/>.</summary>
    public const int EventCounts = 16;

    /// <summary>A byte a point: those of the thread, or zeros that everybody shares.</summary>
    public byte* Stamps;

    /// <summary>
    /// A point whose stamp is this needs no more than to be counted. Off: 0, with shared zeros, so that all points are settled. Unique PCs alone: the epoch, with the
    /// thread's stamps. All else: 1, with shared zeros, so that none is.
    /// </summary>
    public byte Settled;

    /// <summary>A point with this stamp among the thread's own was recorded since the last reset; from 1 on.</summary>
    public byte Epoch;

    /// <summary>What is recorded.</summary>
    public Recordings Recording;

    /// <summary>
    /// Points that were passed since the thread was first traced, whatever was recorded; a session counts from where it began. Sixteen counts, by the lowest bits of the
    /// point, whose sum it is: one count would make each point wait for the store of the one before.
    /// </summary>
    public fixed long Events[EventCounts];

    /// <summary>The thread's own stamps, or null.</summary>
    public byte* OwnStamps;

    /// <summary>Not zero while the thread stores records.</summary>
    public int Storing;

    /// <summary>Not zero while another thread changes what is recorded.</summary>
    public int Closed;

    /// <summary>The points that have a stamp since it was all zero: from here on, and before there.</summary>
    public uint FirstStamped, BehindStamped;

    /// <summary>One more than the point that was passed last; zero after a reset.</summary>
    public uint Previous;

    /// <summary>Where points, edges and compares go: a count, then the records.</summary>
    public TraceArea Points, Edges, Compares;

    /// <summary>Compares since the thread was first traced.</summary>
    public long CompareEvents;

    /// <summary>Events that the session's own code caused.</summary>
    public long Reentrant;

    /// <summary>Edges and compares that are known.</summary>
    public EdgeSet KnownEdges;

    /// <inheritdoc cref="KnownEdges"/>
    public CompareSet KnownCompares;

    /// <summary>Sum of <see cref="Events"/>.</summary>
    public readonly long EventCount
    {
        get
        {
            long sum = 0;
            for (int i = 0; i < EventCounts; i++)
            {
                sum += Events[i];
            }

            return sum;
        }
    }
}
