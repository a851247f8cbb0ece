using System.Runtime.CompilerServices;

namespace Edgewise.Bench.Unique;

/// <summary>What instrumented code calls: the same shape for all designs, one call that is not inlined for each event, as in the kernel.</summary>
internal sealed unsafe class Callback<T>(T design) where T : struct, IUniqueDesign
{
    /// <summary>The design's state; the kernel's is found through the task.</summary>
    public T Design = design;

    /// <summary>
    /// Address of the callback. It is called by that, so that it is not inlined; were it marked against inlining, the runtime would not let its long way be a jump, and the short one
    /// would pay for a frame.
    /// </summary>
    public static readonly delegate*<Callback<T>, ulong, uint*, void> Address = &Hit;

    private static void Hit(Callback<T> callback, ulong pc, uint* guard)
    {
        if (!callback.Design.IsSettled(pc, guard))
        {
            callback.Record(pc, guard);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Record(ulong pc, uint* guard) => Design.Record(pc, guard);
}
