using System.Runtime.CompilerServices;

namespace Edgewise.Feedback.Kernels;

/// <summary>Comparison with a history, and its growth, at one vector width.</summary>
/// <remarks>
/// Two branches a block of four vectors, both as a rule predicted: most maps are mostly zero, and hardly any run is new. Where nothing is new
/// nothing is stored, so the history's cache lines stay clean. A branch for each vector or word is what limits such a loop on
/// scattered maps, because it cannot be predicted there.
/// </remarks>
internal static class NoveltyKernel<TLanes, TVector, TRule>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
    where TRule : struct, IHistoryRule
{
    /// <summary>
    /// Looks through whole vectors from <paramref name="position"/> on, and moves it behind the last of them unless something is new.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool HasNovelty(ref byte counters, ref byte history, nuint length, ref nuint position)
    {
        nuint width = (nuint)Unsafe.SizeOf<TVector>();
        nuint offset = position;
        for (; length - offset >= 4 * width; offset += 4 * width)
        {
            TVector first = TLanes.Load(ref counters, offset);
            TVector second = TLanes.Load(ref counters, offset + width);
            TVector third = TLanes.Load(ref counters, offset + (2 * width));
            TVector fourth = TLanes.Load(ref counters, offset + (3 * width));
            if (TLanes.IsZero(TLanes.Or(TLanes.Or(first, second), TLanes.Or(third, fourth))))
            {
                continue;
            }

            TVector novel = TLanes.Or(
                TLanes.Or(Novel(first, ref history, offset), Novel(second, ref history, offset + width)),
                TLanes.Or(Novel(third, ref history, offset + (2 * width)), Novel(fourth, ref history, offset + (3 * width))));
            if (!TLanes.IsZero(novel))
            {
                return true;
            }
        }

        for (; length - offset >= width; offset += width)
        {
            if (!TLanes.IsZero(Novel(TLanes.Load(ref counters, offset), ref history, offset)))
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
        nuint width = (nuint)Unsafe.SizeOf<TVector>();
        nuint offset = position;
        TVector newPoints = TLanes.Zero;
        Novelty strongest = Novelty.Nothing;
        for (; length - offset >= 4 * width; offset += 4 * width)
        {
            TVector first = TLanes.Load(ref counters, offset);
            TVector second = TLanes.Load(ref counters, offset + width);
            TVector third = TLanes.Load(ref counters, offset + (2 * width));
            TVector fourth = TLanes.Load(ref counters, offset + (3 * width));
            if (TLanes.IsZero(TLanes.Or(TLanes.Or(first, second), TLanes.Or(third, fourth))))
            {
                continue;
            }

            TVector novel = TLanes.Or(
                TLanes.Or(Novel(first, ref history, offset), Novel(second, ref history, offset + width)),
                TLanes.Or(Novel(third, ref history, offset + (2 * width)), Novel(fourth, ref history, offset + (3 * width))));
            if (TLanes.IsZero(novel))
            {
                continue;
            }

            strongest = Novelty.NewClass;
            newPoints = TLanes.Or(
                TLanes.Or(newPoints, TLanes.Or(Grow(first, ref history, offset), Grow(second, ref history, offset + width))),
                TLanes.Or(Grow(third, ref history, offset + (2 * width)), Grow(fourth, ref history, offset + (3 * width))));
        }

        for (; length - offset >= width; offset += width)
        {
            TVector last = TLanes.Load(ref counters, offset);
            if (!TLanes.IsZero(Novel(last, ref history, offset)))
            {
                strongest = Novelty.NewClass;
                newPoints = TLanes.Or(newPoints, Grow(last, ref history, offset));
            }
        }

        position = offset;
        return TLanes.IsZero(newPoints) ? strongest : Novelty.NewPoint;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Novel(TVector counters, ref byte history, nuint offset) =>
        TRule.Novel<TLanes, TVector>(TLanes.Classify(counters), TLanes.Load(ref history, offset));

    /// <summary>Adds the counters to the history; the answer is not zero in the bytes of points never hit before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Grow(TVector counters, ref byte history, nuint offset)
    {
        TVector classes = TLanes.Classify(counters);
        TVector seen = TLanes.Load(ref history, offset);
        TLanes.Store(TRule.Merge<TLanes, TVector>(classes, seen), ref history, offset);
        return TLanes.WhereZero(seen, classes);
    }
}
