using System.Runtime.CompilerServices;

namespace Edgewise.Feedback.Kernels;

/// <summary>
/// The scalar twin of the vector kernels, for the last bytes of a map, for machines without a byte shuffle, and to test the others against.
/// Eight points at a time; a word of zeros is passed over.
/// </summary>
internal static class ScalarKernel
{
    private const nuint Word = sizeof(ulong);
    private const nuint Block = 4 * Word;

    /// <inheritdoc cref="HitCountClasses.Classify(ReadOnlySpan{byte}, Span{byte})"/>
    public static void Classify(ref byte counters, ref byte classes, nuint length)
    {
        nuint offset = 0;
        for (nuint end = length & ~(Word - 1); offset != end; offset += Word)
        {
            ulong word = Load(ref counters, offset);
            Store(word == 0 ? 0 : Classify(word), ref classes, offset);
        }

        for (; offset < length; offset++)
        {
            Unsafe.Add(ref classes, offset) = HitCountClasses.Of(Unsafe.Add(ref counters, offset));
        }
    }

    /// <inheritdoc cref="History.HasNovelty"/>
    public static bool HasNovelty<TRule>(ref byte counters, ref byte history, nuint length)
        where TRule : struct, IHistoryRule
    {
        nuint offset = 0;
        for (nuint end = length & ~(Block - 1); offset != end; offset += Block)
        {
            if (IsNovel<TRule>(ref counters, ref history, offset)
                || IsNovel<TRule>(ref counters, ref history, offset + Word)
                || IsNovel<TRule>(ref counters, ref history, offset + (2 * Word))
                || IsNovel<TRule>(ref counters, ref history, offset + (3 * Word)))
            {
                return true;
            }
        }

        for (; offset < length; offset++)
        {
            ulong classes = HitCountClasses.Of(Unsafe.Add(ref counters, offset));
            if (TRule.Novel(classes, Unsafe.Add(ref history, offset)) != 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc cref="History.Absorb"/>
    public static Novelty Absorb<TRule>(ref byte counters, ref byte history, nuint length)
        where TRule : struct, IHistoryRule
    {
        Novelty strongest = Novelty.Nothing;
        nuint offset = 0;
        for (nuint end = length & ~(Word - 1); offset != end; offset += Word)
        {
            ulong word = Load(ref counters, offset);
            if (word != 0)
            {
                ulong classes = Classify(word);
                ulong seen = Load(ref history, offset);
                if (TRule.Novel(classes, seen) != 0)
                {
                    Store(TRule.Merge(classes, seen), ref history, offset);
                    strongest = strongest.Or(Added(classes, seen));
                }
            }
        }

        for (; offset < length; offset++)
        {
            ulong classes = HitCountClasses.Of(Unsafe.Add(ref counters, offset));
            ref byte seen = ref Unsafe.Add(ref history, offset);
            if (TRule.Novel(classes, seen) != 0)
            {
                strongest = strongest.Or(Added(classes, seen));
                seen = (byte)TRule.Merge(classes, seen);
            }
        }

        return strongest;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsNovel<TRule>(ref byte counters, ref byte history, nuint offset)
        where TRule : struct, IHistoryRule
    {
        ulong word = Load(ref counters, offset);
        return word != 0 && TRule.Novel(Classify(word), Load(ref history, offset)) != 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Classify(ulong word)
    {
        ushort[] pairs = ClassPairs.Table;
        return pairs[(ushort)word]
            | ((ulong)pairs[(ushort)(word >> 16)] << 16)
            | ((ulong)pairs[(ushort)(word >> 32)] << 32)
            | ((ulong)pairs[(ushort)(word >> 48)] << 48);
    }

    /// <summary>What eight points that have some novelty add: one that is hit now and never was before is a new point.</summary>
    private static Novelty Added(ulong classes, ulong seen)
    {
        const ulong LowSeven = 0x7F7F7F7F7F7F7F7F;
        ulong seenTop = (((seen & LowSeven) + LowSeven) | seen) & ~LowSeven;
        ulong seenBytes = (seenTop >> 7) * 0xFF;
        return (classes & ~seenBytes) != 0 ? Novelty.NewPoint : Novelty.NewClass;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Load(ref byte source, nuint offset) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref source, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ulong word, ref byte destination, nuint offset) =>
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref destination, offset), word);
}
