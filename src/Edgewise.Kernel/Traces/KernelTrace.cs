using Edgewise.Kernel.Device;

namespace Edgewise.Kernel.Traces;

/// <summary>What kcov recorded of one piece of work, kept for later.</summary>
/// <param name="Name">What the work was.</param>
/// <param name="TotalEvents">How many events the work had, kept here or not.</param>
/// <param name="IsTotalLeast">True where the area was full, so that there may have been more.</param>
/// <param name="Pcs">The PCs of a trace of PCs, from the first event on; empty for compares.</param>
/// <param name="Compares">The records of a trace of compares, from the first on; empty for PCs.</param>
public sealed record KernelTrace(string Name, ulong TotalEvents, bool IsTotalLeast, ulong[] Pcs, KcovCompare[] Compares)
{
    /// <summary>True for a trace of compares.</summary>
    public bool IsCompares { get; init; }

    /// <summary>Events that are kept.</summary>
    public int StoredEvents => IsCompares ? Compares.Length : Pcs.Length;
}
