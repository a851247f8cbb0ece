namespace Edgewise.Feedback.Kernels;

/// <summary>
/// What is new to a kind of history, and how it grows: once for vectors and once for a 64-bit word of eight points.
/// Implementations are empty structs, so that the JIT specialises each kernel.
/// </summary>
internal interface IHistoryRule
{
    /// <summary>Not zero in exactly the bytes where <paramref name="classes"/> adds to <paramref name="history"/>.</summary>
    static abstract TVector Novel<TLanes, TVector>(TVector classes, TVector history)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct;

    /// <summary>The history with the classes added.</summary>
    static abstract TVector Merge<TLanes, TVector>(TVector classes, TVector history)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct;

    /// <summary>Not zero in exactly the bytes where <paramref name="classes"/> adds to <paramref name="history"/>.</summary>
    static abstract ulong Novel(ulong classes, ulong history);

    /// <summary>The history with the classes added.</summary>
    static abstract ulong Merge(ulong classes, ulong history);
}
