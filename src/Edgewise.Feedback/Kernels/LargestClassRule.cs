using System.Runtime.CompilerServices;

namespace Edgewise.Feedback.Kernels;

/// <summary><see cref="HistoryKind.LargestClass"/>: new is a class above the one kept.</summary>
internal readonly struct LargestClassRule : IHistoryRule
{
    private const ulong TopBits = 0x8080808080808080;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Novel<TLanes, TVector>(TVector classes, TVector history)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct => TLanes.SubtractSaturate(classes, history);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Merge<TLanes, TVector>(TVector classes, TVector history)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct => TLanes.Max(classes, history);

    /// <inheritdoc/>
    /// <remarks>
    /// The top bit of each byte where the class is the larger, unsigned. With that bit set in the history and clear in the class a byte's
    /// subtraction borrows from no other; it leaves the bit set where the low seven bits of the history are not the smaller. The bits
    /// above those seven then decide by themselves where they differ.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Novel(ulong classes, ulong history)
    {
        ulong lowNotSmaller = (history | TopBits) - (classes & ~TopBits);
        return ((classes & ~history) | (~(classes ^ history) & ~lowNotSmaller)) & TopBits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Merge(ulong classes, ulong history)
    {
        ulong larger = (Novel(classes, history) >> 7) * 0xFF;
        return (classes & larger) | (history & ~larger);
    }
}
