using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Edgewise.Feedback.Kernels;

namespace Edgewise.Feedback;

/// <summary>
/// Hit-count classes: 0, 1, 2, 3, 4–7, 8–15, 16–31, 32–127 and 128–255 hits become 0, 1, 2, 4, 8, 16, 32, 64 and 128,
/// so that two runs that differ by an iteration of a long loop look alike. The classes are those of AFL.
/// </summary>
public static class HitCountClasses
{
    /// <summary>The class of one counter.</summary>
    public static byte Of(byte hits) => hits switch
    {
        <= 2 => hits,
        3 => 4,
        < 8 => 8,
        < 16 => 16,
        < 32 => 32,
        < 128 => 64,
        _ => 128,
    };

    /// <summary>Replaces each counter by its class. Not idempotent: the class 4 is again a counter, whose class is 8.</summary>
    /// <param name="counters">The counters of a run, one byte a point; any length.</param>
    public static void Classify(Span<byte> counters) =>
        Classify(ref MemoryMarshal.GetReference(counters), ref MemoryMarshal.GetReference(counters), (nuint)counters.Length);

    /// <summary>Writes the class of each counter, and leaves the counters as they are.</summary>
    /// <param name="counters">The counters of a run, one byte a point; any length.</param>
    /// <param name="classes">Takes the classes; as long as <paramref name="counters"/>; either the same memory or none of it.</param>
    /// <exception cref="ArgumentException">The lengths differ, or the spans overlap without being the same.</exception>
    public static void Classify(ReadOnlySpan<byte> counters, Span<byte> classes)
    {
        if (counters.Length != classes.Length)
        {
            throw new ArgumentException($"{counters.Length} counters need as many classes, not {classes.Length}", nameof(classes));
        }

        if (counters.Overlaps(classes, out int offset) && offset != 0)
        {
            throw new ArgumentException($"the classes overlap the counters, {offset} bytes apart", nameof(classes));
        }

        Classify(ref MemoryMarshal.GetReference(counters), ref MemoryMarshal.GetReference(classes), (nuint)counters.Length);
    }

    private static void Classify(ref byte counters, ref byte classes, nuint length)
    {
        // Each width takes what is left of whole vectors, the scalar twin the last bytes.
        nuint position = 0;
        if (Lanes512.IsSupported)
        {
            ClassifyKernel<Lanes512, Vector512<byte>>.Run(ref counters, ref classes, length, ref position);
        }

        if (Lanes256.IsSupported)
        {
            ClassifyKernel<Lanes256, Vector256<byte>>.Run(ref counters, ref classes, length, ref position);
        }

        if (Lanes128.IsSupported)
        {
            ClassifyKernel<Lanes128, Vector128<byte>>.Run(ref counters, ref classes, length, ref position);
        }

        ScalarKernel.Classify(ref Unsafe.Add(ref counters, position), ref Unsafe.Add(ref classes, position), length - position);
    }
}
