namespace Edgewise.Bench.Unique;

/// <summary>One way to record what is passed. Designs are structures, so that the JIT makes code of its own for each.</summary>
internal unsafe interface IUniqueDesign
{
    /// <summary>Something is passed: the short way, which the JIT inlines into the callback and which calls nobody.</summary>
    /// <param name="pc">Where: what <c>trace-pc</c> takes from the stack.</param>
    /// <param name="guard">The place's own 32 bits, zero at first: what <c>trace-pc-guard</c> is handed.</param>
    /// <returns>True if that was all; else <see cref="Record"/> is called with the same.</returns>
    bool IsSettled(ulong pc, uint* guard);

    /// <summary>The long way.</summary>
    void Record(ulong pc, uint* guard);

    /// <summary>Empties the record and forgets what is known.</summary>
    void Reset();

    /// <summary>Records in the area.</summary>
    long Recorded { get; }

    /// <summary>Things that were due for a record and got none.</summary>
    long Lost { get; }

    /// <summary>Bytes beside the area that the thread needs.</summary>
    long StateBytes { get; }

    /// <summary>What was recorded, in order: PCs, or edges with the first of the two in the upper half.</summary>
    ulong[] Found();

    /// <summary>Gives all memory back.</summary>
    void Free();
}
