using System.Runtime.CompilerServices;

namespace Edgewise.Feedback.Kernels;

/// <summary>Classification at one vector width. Without a branch on the data: scattered maps cannot be predicted.</summary>
/// <remarks>Compiled fully at the first call, as <see cref="NoveltyKernel{TLanes, TVector, TRule}"/>.</remarks>
internal static class ClassifyKernel<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    /// <summary>Classifies whole vectors from <paramref name="position"/> on, and moves it behind the last of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ref byte counters, ref byte classes, nuint length, ref nuint position)
    {
        nuint width = (nuint)Unsafe.SizeOf<TVector>();
        nuint offset = position;
        for (; length - offset >= 4 * width; offset += 4 * width)
        {
            TVector first = TLanes.Load(ref counters, offset);
            TVector second = TLanes.Load(ref counters, offset + width);
            TVector third = TLanes.Load(ref counters, offset + (2 * width));
            TVector fourth = TLanes.Load(ref counters, offset + (3 * width));
            TLanes.Store(TLanes.Classify(first), ref classes, offset);
            TLanes.Store(TLanes.Classify(second), ref classes, offset + width);
            TLanes.Store(TLanes.Classify(third), ref classes, offset + (2 * width));
            TLanes.Store(TLanes.Classify(fourth), ref classes, offset + (3 * width));
        }

        for (; length - offset >= width; offset += width)
        {
            TLanes.Store(TLanes.Classify(TLanes.Load(ref counters, offset)), ref classes, offset);
        }

        position = offset;
    }
}
