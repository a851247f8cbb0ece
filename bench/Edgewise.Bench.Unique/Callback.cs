using System.Runtime.CompilerServices;

namespace Edgewise.Bench.Unique;

/// <summary>What instrumented code calls: the same shape for all designs, one call that is not inlined for each event, as in the kernel.</summary>
internal sealed class Callback<T>(T design) where T : struct, IUniqueDesign
{
    /// <summary>The design's state; the kernel's is found through the task.</summary>
    public T Design = design;

    /// <summary>The callback.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public unsafe void Hit(ulong pc, uint* guard)
    {
        if (!Design.IsSettled(pc, guard))
        {
            Record(pc, guard);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private unsafe void Record(ulong pc, uint* guard) => Design.Record(pc, guard);
}
