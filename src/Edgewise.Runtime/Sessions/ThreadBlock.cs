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
    /// <summary>Points below it may be settled by their stamp alone; zero unless unique PCs, and nothing else of points, are recorded.</summary>
    public uint StampLimit;

    /// <summary>A point whose stamp is this was recorded since the last reset. Never zero while unique PCs are recorded.</summary>
    public byte Epoch;

    /// <summary>What is recorded.</summary>
    public Recordings Recording;

    /// <summary>A byte a point.</summary>
    public byte* Stamps;

    /// <summary>Points that were passed since the thread was first traced; a session counts from where it began.</summary>
    public long Events;

    /// <summary>Not zero while the thread stores records.</summary>
    public int Storing;

    /// <summary>Not zero while another thread changes what is recorded.</summary>
    public int Closed;

    /// <summary>Bytes behind <see cref="Stamps"/>.</summary>
    public uint StampCapacity;

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
}
