namespace Edgewise.Instrumentation.Image;

/// <summary>The fields that a holder class may have.</summary>
internal enum HolderField
{
    /// <summary><c>static readonly Func&lt;…&gt;</c>: the host's registration delegate, or null.</summary>
    Host,

    /// <summary><c>static readonly byte[]</c>: memory of the module's own, where there is no host.</summary>
    Memory,

    /// <summary><c>static readonly byte*</c>: the 8-bit counters.</summary>
    Counters,

    /// <summary><c>static readonly byte[]</c>: memory for flags.</summary>
    FlagMemory,

    /// <summary><c>static readonly byte*</c>: the flags.</summary>
    Flags,

    /// <summary><c>static readonly byte[]</c>: memory for guards.</summary>
    GuardMemory,

    /// <summary><c>static readonly uint*</c>: the guards.</summary>
    Guards,

    /// <summary><c>static readonly int</c>: the process-wide number of the module's first point.</summary>
    FirstPoint,

    /// <summary><c>static readonly long</c> with data in the image: the first of the pc-table's numbers.</summary>
    Pcs,

    /// <summary><c>static readonly byte[]</c>: memory for recent compares.</summary>
    CompareMemory,

    /// <summary><c>static readonly byte*</c>: the table of recent compares.</summary>
    Compares,

    /// <summary><c>static readonly byte[]</c>: memory for comparisons of sequences.</summary>
    SequenceMemory,

    /// <summary><c>static readonly byte*</c>: the slots for comparisons of sequences.</summary>
    Sequences,

    /// <summary><c>static readonly long</c> with data in the image: how many numbers the control-flow table has, and then those.</summary>
    Cfs,

    /// <summary><c>static readonly int</c>: the process-wide number of the module's first site.</summary>
    FirstSite,

    /// <summary><c>static readonly long</c> with data in the image: the first of the numbers that describe switches, each in LLVM's layout.</summary>
    Cases,

    /// <summary><c>static readonly byte[]</c>: memory for the gate.</summary>
    GateMemory,

    /// <summary><c>static readonly byte*</c>: the byte that is not zero while callbacks are called.</summary>
    Gate,
}
