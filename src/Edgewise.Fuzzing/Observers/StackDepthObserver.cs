using System.Numerics;
using Edgewise.Fuzzing.Scheduling;

namespace Edgewise.Fuzzing.Observers;

/// <summary>Observes how deep the stack got, in steps that grow with it: libFuzzer's, an eighth of each power of two.</summary>
internal sealed class StackDepthObserver : IExtraObserver
{
    private const int StepsPerDoubling = 8;
    private const int BytesPerUnit = 8;
    private const int FirstBits = 3;

    /// <inheritdoc/>
    public int Size => 64 * StepsPerDoubling;

    /// <inheritdoc/>
    public void Reset() => ExtraCallbacks.ResetStack();

    /// <inheritdoc/>
    public void Collect(ReadOnlySpan<byte> seen, uint first, List<uint> found)
    {
        int step = StepOf((ulong)ExtraCallbacks.DeepestStack / BytesPerUnit);
        if (step > 0 && seen[step] != RareFeatures.NotRare)
        {
            found.Add(first + (uint)step);
        }
    }

    /// <summary>The step of a depth.</summary>
    internal static int StepOf(ulong depth)
    {
        if (depth < 1 << FirstBits)
        {
            return (int)depth;
        }

        int log = BitOperations.Log2(depth);
        return ((log - FirstBits + 1) * StepsPerDoubling) + (int)((depth >> (log - FirstBits)) & (StepsPerDoubling - 1));
    }
}
