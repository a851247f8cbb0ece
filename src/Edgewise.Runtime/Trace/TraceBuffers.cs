using System.Runtime.InteropServices;
using Edgewise.Runtime.Dump;
using Edgewise.Runtime.Formats;

namespace Edgewise.Runtime.Trace;

/// <summary>The events of all traced threads of a process.</summary>
/// <param name="limit">How many events are kept of a thread.</param>
/// <param name="basePath">Where each thread's file goes, without its number; null for memory of the process.</param>
/// <param name="notice">Takes a line for the user.</param>
internal sealed unsafe class TraceBuffers(int limit, string? basePath, Action<string> notice)
{
    private readonly object _lock = new();
    private readonly List<(nint Cursor, TraceMemory? Memory)> _threads = [];

    /// <summary>Gives the calling thread a cursor with room for an event, or one that is full for good.</summary>
    /// <param name="cursor">The one it has; null at its first event.</param>
    public TraceCursor* Continue(TraceCursor* cursor)
    {
        if (cursor == null)
        {
            cursor = Add();
        }

        TraceMemory? memory;
        lock (_lock)
        {
            memory = _threads[cursor->Thread - 1].Memory;
        }

        if (memory is null || !memory.Grow())
        {
            cursor->IsFull = 1;
            return cursor;
        }

        uint* first = FirstEvent(memory);
        if (cursor->Next == null)
        {
            TraceRemains.WriteHeader(new Span<byte>(memory.Start, TraceRemains.HeaderSize), cursor->Thread);
            cursor->LostCount = (long*)(memory.Start + TraceRemains.LostCountOffset);
            cursor->Next = first;
        }

        cursor->End = first + Math.Min((memory.Usable - TraceRemains.HeaderSize) / sizeof(uint), limit);
        return cursor;
    }

    /// <summary>What the threads recorded until now; those that run go on meanwhile.</summary>
    public IReadOnlyList<ThreadTrace> Collect()
    {
        var traces = new List<ThreadTrace>();
        lock (_lock)
        {
            foreach ((nint address, TraceMemory? memory) in _threads)
            {
                var cursor = (TraceCursor*)address;
                uint* next = cursor->Next;
                ReadOnlySpan<uint> events = next == null ? [] : new ReadOnlySpan<uint>(FirstEvent(memory!), (int)(next - FirstEvent(memory!)));
                traces.Add(new ThreadTrace(cursor->Thread, TraceRemains.Points(events), *cursor->LostCount));
            }
        }

        return traces;
    }

    /// <summary>Removes the files; what they hold stands in others now. Their memory stays in use.</summary>
    public void DeleteFiles()
    {
        lock (_lock)
        {
            for (int i = 0; basePath is not null && i < _threads.Count; i++)
            {
                File.Delete(TraceRemains.PathOf(basePath, i + 1));
            }
        }
    }

    private static uint* FirstEvent(TraceMemory memory) => (uint*)(memory.Start + TraceRemains.HeaderSize);

    private TraceCursor* Add()
    {
        lock (_lock)
        {
            // Behind the cursor, a count for the case that there is no memory to hold it.
            var cursor = (TraceCursor*)NativeMemory.AllocZeroed((nuint)sizeof(TraceCursor) + sizeof(long));
            cursor->LostCount = (long*)(cursor + 1);
            cursor->Thread = _threads.Count + 1;
            _threads.Add(((nint)cursor, limit == 0 ? null : TryTake(cursor->Thread)));
            return cursor;
        }
    }

    private TraceMemory? TryTake(int thread)
    {
        try
        {
            return TraceMemory.Take(TraceRemains.HeaderSize + (limit * (long)sizeof(uint)), basePath is null ? null : TraceRemains.PathOf(basePath, thread));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or OutOfMemoryException)
        {
            notice($"trace of thread {thread}: {failure.Message}; its events are counted, and lost");
            return null;
        }
    }
}
