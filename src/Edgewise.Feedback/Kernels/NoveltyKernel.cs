using System.Runtime.CompilerServices;

namespace Edgewise.Feedback.Kernels;

/// <summary>Comparison with a history, and its growth, at one vector width.</summary>
/// <remarks>
/// Two branches a block of eight vectors, both as a rule predicted: most of a real map is zero, hardly any run is new, and of 512 scattered
/// points hardly ever all are zero. A branch for each word or vector is what limits such a loop on scattered maps.
/// Where nothing is new nothing is stored, so that the history's cache lines stay clean.
/// Compiled fully at the first call: in the first tier each operation of the lanes is a call.
/// </remarks>
internal static class NoveltyKernel<TLanes, TVector, TRule>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
    where TRule : struct, IHistoryRule
{
    private static nuint Width => (nuint)Unsafe.SizeOf<TVector>();

    private static nuint Block => 8 * Width;

    /// <summary>
    /// Looks through whole vectors from <paramref name="position"/> on, and moves it behind the last of them unless something is new.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool HasNovelty(ref byte counters, ref byte history, nuint length, ref nuint position)
    {
        nuint offset = position;
        for (; length - offset >= Block; offset += Block)
        {
            if (!IsZeroBlock(ref counters, offset) && !TLanes.IsZero(NovelInBlock(ref counters, ref history, offset)))
            {
                return true;
            }
        }

        for (; length - offset >= Width; offset += Width)
        {
            if (!TLanes.IsZero(Novel(ref counters, ref history, offset)))
            {
                return true;
            }
        }

        position = offset;
        return false;
    }

    /// <summary>Absorbs whole vectors from <paramref name="position"/> on, and moves it behind the last of them.</summary>
    /// <returns>The strongest novelty among them.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Novelty Absorb(ref byte counters, ref byte history, nuint length, ref nuint position)
    {
        nuint offset = position;
        Novelty strongest = Novelty.Nothing;
        for (; length - offset >= Block; offset += Block)
        {
            if (!IsZeroBlock(ref counters, offset) && !TLanes.IsZero(NovelInBlock(ref counters, ref history, offset)))
            {
                strongest = strongest.Or(Grow(ref counters, ref history, offset, Block));
            }
        }

        for (; length - offset >= Width; offset += Width)
        {
            if (!TLanes.IsZero(Novel(ref counters, ref history, offset)))
            {
                strongest = strongest.Or(Grow(ref counters, ref history, offset, Width));
            }
        }

        position = offset;
        return strongest;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsZeroBlock(ref byte counters, nuint offset) =>
        TLanes.IsZero(TLanes.Or(AnyOfFour(ref counters, offset), AnyOfFour(ref counters, offset + (4 * Width))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector AnyOfFour(ref byte counters, nuint offset) => TLanes.Or(
        TLanes.Or(TLanes.Load(ref counters, offset), TLanes.Load(ref counters, offset + Width)),
        TLanes.Or(TLanes.Load(ref counters, offset + (2 * Width)), TLanes.Load(ref counters, offset + (3 * Width))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector NovelInBlock(ref byte counters, ref byte history, nuint offset) => TLanes.Or(
        NovelInFour(ref counters, ref history, offset),
        NovelInFour(ref counters, ref history, offset + (4 * Width)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector NovelInFour(ref byte counters, ref byte history, nuint offset) => TLanes.Or(
        TLanes.Or(Novel(ref counters, ref history, offset), Novel(ref counters, ref history, offset + Width)),
        TLanes.Or(Novel(ref counters, ref history, offset + (2 * Width)), Novel(ref counters, ref history, offset + (3 * Width))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Novel(ref byte counters, ref byte history, nuint offset) =>
        TRule.Novel<TLanes, TVector>(TLanes.Classify(TLanes.Load(ref counters, offset)), TLanes.Load(ref history, offset));

    /// <summary>
    /// Adds counters to the history. Reads each once, so that the answer tells what was added even where a target that still runs
    /// has changed them since they were compared. Apart from the comparison, to keep that loop small.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static Novelty Grow(ref byte counters, ref byte history, nuint offset, nuint length)
    {
        TVector newClasses = TLanes.Zero;
        TVector newPoints = TLanes.Zero;
        for (nuint end = offset + length; offset != end; offset += Width)
        {
            TVector classes = TLanes.Classify(TLanes.Load(ref counters, offset));
            TVector seen = TLanes.Load(ref history, offset);
            TLanes.Store(TRule.Merge<TLanes, TVector>(classes, seen), ref history, offset);
            newClasses = TLanes.Or(newClasses, TRule.Novel<TLanes, TVector>(classes, seen));
            newPoints = TLanes.Or(newPoints, TLanes.WhereZero(seen, classes));
        }

        return !TLanes.IsZero(newPoints) ? Novelty.NewPoint
            : !TLanes.IsZero(newClasses) ? Novelty.NewClass
            : Novelty.Nothing;
    }
}
