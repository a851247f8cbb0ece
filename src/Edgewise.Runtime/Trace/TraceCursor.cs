using System.Runtime.InteropServices;

namespace Edgewise.Runtime.Trace;

/// <summary>Where the next event of a thread goes. Its memory is native and stays for the life of the process.</summary>
/// <remarks>
/// Written by the thread that it belongs to; another thread reads it when a dump is written. An event stands before <see cref="Next"/> passes it,
/// and memory behind it is zero, so a reader at any moment sees whole events.
/// </remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct TraceCursor
{
    /// <summary>The place of the next event; its point's number plus one, so that zero is none.</summary>
    public uint* Next;

    /// <summary>Behind the last place that may be written now.</summary>
    public uint* End;

    /// <summary>The number of events for which there was no room; it stands where the events stand, so that it outlives the process with them.</summary>
    public long* LostCount;

    /// <summary>Not zero once <see cref="End"/> will move no more.</summary>
    public int IsFull;

    /// <summary>Which of the traced threads, from 1 on.</summary>
    public int Thread;
}
