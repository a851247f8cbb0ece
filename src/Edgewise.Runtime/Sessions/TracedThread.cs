using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Edgewise.Runtime.Sessions;

/// <summary>A thread that ran instrumented code or was traced: it owns the block, and knows the session that has it.</summary>
/// <remarks>
/// Reachable from its thread's own storage, and from the session that has it. When both are gone no method of the thread is left that could hold the block's
/// address, and the block goes to the next thread.
/// </remarks>
internal sealed unsafe class TracedThread
{
    private static readonly ConcurrentBag<nint> Spare = [];

    [ThreadStatic]
    private static TracedThread? t_current;

    // Where nothing may be read beyond what the map has, zeros of that size; they are never written.
    private static readonly byte* Zeros = StampSpace.IsWhole ? StampSpace.Zeros : StampSpace.Allocate();

    private TraceSession? _session;

    private TracedThread()
    {
        Block = Spare.TryTake(out nint block) ? (ThreadBlock*)block : (ThreadBlock*)NativeMemory.AllocZeroed((nuint)sizeof(ThreadBlock));
        Block->Stamps = Zeros;
        Host.Ask(Map.MapRequest.KeepPointNumbers);
    }

    /// <summary>Hands the block on.</summary>
    ~TracedThread()
    {
        FreeSets();
        *Block = default;
        Spare.Add((nint)Block);
    }

    /// <summary>The calling thread.</summary>
    /// <exception cref="OutOfMemoryException">There is no memory for its block.</exception>
    public static TracedThread Current => t_current ??= new TracedThread();

    /// <summary>Its block.</summary>
    public ThreadBlock* Block { get; }

    /// <summary>The thread itself.</summary>
    public Thread Thread { get; } = Thread.CurrentThread;

    /// <summary>The session that has the thread.</summary>
    public TraceSession? Session => Volatile.Read(ref _session);

    /// <summary>True on this very thread.</summary>
    public bool IsCurrent => t_current == this;

    /// <summary>Gives the thread to a session; false where another has it.</summary>
    public bool TryTake(TraceSession session) => Interlocked.CompareExchange(ref _session, session, null) is null;

    /// <summary>Takes it away.</summary>
    public void Release() => Volatile.Write(ref _session, null);

    /// <summary>Runs something of the session's own on this thread, so that what is instrumented in it is counted and not recorded.</summary>
    public static T Muted<T>(Func<T> action)
    {
        if (t_current is not { } thread || thread.Block->Recording is Recordings.None or >= Recordings.Muted)
        {
            return action();
        }

        ThreadBlock* block = thread.Block;
        ThreadGate.Enter(block);
        Recordings recording = block->Recording;
        Record(block, recording == Recordings.None ? recording : recording | Recordings.Muted);
        ThreadGate.Leave(block);
        try
        {
            return action();
        }
        finally
        {
            // Another thread may have closed the session meanwhile.
            ThreadGate.Enter(block);
            if ((block->Recording & Recordings.Muted) != 0)
            {
                Record(block, recording);
            }

            ThreadGate.Leave(block);
        }
    }

    /// <summary>Says what a thread records from now on. On the thread, or while its gate is closed.</summary>
    public static void Record(ThreadBlock* block, Recordings recording)
    {
        block->Recording = recording;
        bool settlesByStamp = recording == Recordings.UniquePcs;
        block->Stamps = settlesByStamp ? block->OwnStamps : Zeros;
        block->Settled = settlesByStamp ? block->Epoch : (recording & (Recordings.Points | Recordings.Muted)) != 0 ? (byte)1 : (byte)0;
    }

    private void FreeSets()
    {
        PointStamps.Free(Block);
        Block->KnownEdges.Free();
        Block->KnownCompares.Free();
    }
}
