using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Edgewise.Feedback.Kernels;

namespace Edgewise.Feedback;

/// <summary>
/// Asks whether a run did anything new, and remembers it. A history is a span that the caller owns, one byte a point
/// (see <see cref="HistoryKind"/>), all zero at the start.
/// </summary>
/// <remarks>
/// <para>A history only grows: no call ever clears a bit of a mask or lowers a largest class.</para>
/// <para>A history byte of 255 masks its point: nothing is new there any more, in both kinds.</para>
/// <para>Counters are read raw and never written. Reads need no alignment; 64-byte aligned maps and histories are the fastest.
/// Where the counters change during a call (the target still runs), each point counts with some value that it had.</para>
/// </remarks>
public static class History
{
    /// <summary>Whether the counters hold anything that the history does not. Changes neither; stops at the first novelty.</summary>
    /// <param name="counters">The raw counters of a run, one byte a point.</param>
    /// <param name="history">The history of the same points.</param>
    /// <param name="kind">What the history keeps.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="kind"/> is none of the two.</exception>
    public static bool HasNovelty(ReadOnlySpan<byte> counters, ReadOnlySpan<byte> history, HistoryKind kind = HistoryKind.ClassMask)
    {
        ThrowIfLengthsDiffer(counters.Length, history.Length);
        return kind switch
        {
            HistoryKind.ClassMask => HasNovelty<ClassMaskRule>(counters, history),
            HistoryKind.LargestClass => HasNovelty<LargestClassRule>(counters, history),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such kind of history"),
        };
    }

    /// <summary>
    /// Classifies the counters, compares them with the history and adds what is new to it, in one pass over the whole map.
    /// The counters stay as they are.
    /// </summary>
    /// <param name="counters">The raw counters of a run, one byte a point.</param>
    /// <param name="history">The history of the same points; must not overlap the counters.</param>
    /// <param name="kind">What the history keeps.</param>
    /// <returns>The strongest novelty of all points.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="kind"/> is none of the two.</exception>
    public static Novelty Absorb(ReadOnlySpan<byte> counters, Span<byte> history, HistoryKind kind = HistoryKind.ClassMask)
    {
        ThrowIfLengthsDiffer(counters.Length, history.Length);
        return kind switch
        {
            HistoryKind.ClassMask => Absorb<ClassMaskRule>(counters, history),
            HistoryKind.LargestClass => Absorb<LargestClassRule>(counters, history),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such kind of history"),
        };
    }

    private static bool HasNovelty<TRule>(ReadOnlySpan<byte> counters, ReadOnlySpan<byte> history)
        where TRule : struct, IHistoryRule
    {
        ref byte counter = ref MemoryMarshal.GetReference(counters);
        ref byte seen = ref MemoryMarshal.GetReference(history);
        nuint length = (nuint)counters.Length;

        // Each width takes what is left of whole vectors, the scalar twin the last bytes.
        nuint position = 0;
        if (Lanes512.IsSupported && NoveltyKernel<Lanes512, Vector512<byte>, TRule>.HasNovelty(ref counter, ref seen, length, ref position))
        {
            return true;
        }

        if (Lanes256.IsSupported && NoveltyKernel<Lanes256, Vector256<byte>, TRule>.HasNovelty(ref counter, ref seen, length, ref position))
        {
            return true;
        }

        if (Lanes128.IsSupported && NoveltyKernel<Lanes128, Vector128<byte>, TRule>.HasNovelty(ref counter, ref seen, length, ref position))
        {
            return true;
        }

        return ScalarKernel.HasNovelty<TRule>(ref Unsafe.Add(ref counter, position), ref Unsafe.Add(ref seen, position), length - position);
    }

    private static Novelty Absorb<TRule>(ReadOnlySpan<byte> counters, Span<byte> history)
        where TRule : struct, IHistoryRule
    {
        ref byte counter = ref MemoryMarshal.GetReference(counters);
        ref byte seen = ref MemoryMarshal.GetReference(history);
        nuint length = (nuint)counters.Length;

        nuint position = 0;
        Novelty strongest = Novelty.Nothing;
        if (Lanes512.IsSupported)
        {
            strongest = NoveltyKernel<Lanes512, Vector512<byte>, TRule>.Absorb(ref counter, ref seen, length, ref position);
        }

        if (Lanes256.IsSupported)
        {
            strongest = strongest.Or(NoveltyKernel<Lanes256, Vector256<byte>, TRule>.Absorb(ref counter, ref seen, length, ref position));
        }

        if (Lanes128.IsSupported)
        {
            strongest = strongest.Or(NoveltyKernel<Lanes128, Vector128<byte>, TRule>.Absorb(ref counter, ref seen, length, ref position));
        }

        return strongest.Or(
            ScalarKernel.Absorb<TRule>(ref Unsafe.Add(ref counter, position), ref Unsafe.Add(ref seen, position), length - position));
    }

    private static void ThrowIfLengthsDiffer(int counters, int history)
    {
        if (counters != history)
        {
            throw new ArgumentException($"{counters} counters need a history of as many points, not {history}", nameof(history));
        }
    }
}
