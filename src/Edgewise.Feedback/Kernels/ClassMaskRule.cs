using System.Runtime.CompilerServices;

namespace Edgewise.Feedback.Kernels;

/// <summary><see cref="HistoryKind.ClassMask"/>: new is a class whose bit is not set.</summary>
internal readonly struct ClassMaskRule : IHistoryRule
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Novel<TLanes, TVector>(TVector classes, TVector history)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct => TLanes.AndNot(classes, history);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Merge<TLanes, TVector>(TVector classes, TVector history)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct => TLanes.Or(classes, history);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Novel(ulong classes, ulong history) => classes & ~history;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Merge(ulong classes, ulong history) => classes | history;
}
