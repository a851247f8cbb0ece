namespace Edgewise.Runtime.Sessions;

/// <summary>Lets another thread change what a thread records, without a lock or a fence where records are stored.</summary>
/// <remarks>
/// An asymmetric form of Dekker's mutual exclusion: the thread sets <see cref="ThreadBlock.Storing"/> and then looks at <see cref="ThreadBlock.Closed"/>; the other one
/// sets Closed, makes all processors of the process finish their stores (membarrier), and then waits while Storing is set. One of the two always sees the other.
/// </remarks>
internal static unsafe class ThreadGate
{
    /// <summary>Begins to store; waits while the gate is closed.</summary>
    public static void Enter(ThreadBlock* block)
    {
        Volatile.Write(ref block->Storing, 1);
        if (Volatile.Read(ref block->Closed) != 0)
        {
            Wait(block);
        }
    }

    /// <summary>What was stored is whole.</summary>
    public static void Leave(ThreadBlock* block) => Volatile.Write(ref block->Storing, 0);

    /// <summary>Closes the gate of another thread; when this returns, the thread is not storing and will not begin. Each block has one caller at a time.</summary>
    public static void Close(ThreadBlock* block)
    {
        Volatile.Write(ref block->Closed, 1);
        Interlocked.MemoryBarrierProcessWide();
        SpinWait spin = default;
        while (Volatile.Read(ref block->Storing) != 0)
        {
            spin.SpinOnce();
        }
    }

    /// <summary>Opens it again.</summary>
    public static void Open(ThreadBlock* block) => Volatile.Write(ref block->Closed, 0);

    private static void Wait(ThreadBlock* block)
    {
        do
        {
            Volatile.Write(ref block->Storing, 0);
            SpinWait spin = default;
            while (Volatile.Read(ref block->Closed) != 0)
            {
                spin.SpinOnce();
            }

            Interlocked.Exchange(ref block->Storing, 1);
        }
        while (Volatile.Read(ref block->Closed) != 0);
    }
}
