namespace Edgewise.Exploration.Engines.Workers;

/// <summary>
/// Records that a worker writes. Each has a head of two 32-bit numbers, kind and length of what follows; numbers have the byte order of the machine.
/// </summary>
internal enum RecordKind
{
    /// <summary>The worker is ready: <c>i64</c> place of the counters in the slot, <c>i64</c> bytes from there to the end of their pages; 0 where they are not there.</summary>
    Ready = 1,

    /// <summary>It cannot work; the pieces before say why.</summary>
    Refused,

    /// <summary>A job begins, from nothing: <c>i64</c> its number.</summary>
    Start,

    /// <summary>Bytes that belong to the next record of another kind; at most <see cref="WorkerChannel.PieceSize"/>.</summary>
    Piece,

    /// <summary>A discovery: <c>i64</c> its place in the journal, then the discovery.</summary>
    Discovery,

    /// <summary>A name: <c>u64</c> the state; the pieces before are family, name and detail, divided by zero bytes.</summary>
    Description,

    /// <summary>The pieces before are the counters.</summary>
    Counters,

    /// <summary>The pieces before are tallies.</summary>
    Tallies,

    /// <summary>The job has ended: <see cref="EndRecord"/>; the pieces before are signature and message.</summary>
    End,

    /// <summary>The pieces before belong to nothing: who wrote them has died.</summary>
    Discard,

    /// <summary>The process that ran the job has ended, which the worker itself survived: <see cref="DeathRecord"/>; the pieces before are its standard error.</summary>
    Death,
}
