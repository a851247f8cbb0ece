using System.Runtime.InteropServices;
using Edgewise.Instrumentation;

namespace Edgewise.Bench.Overhead;

/// <summary>A callback class as a user of <c>--callbacks</c> writes it: small static methods that the JIT inlines.</summary>
public static unsafe class InlinedCallbacks
{
    private const int Points = 1 << 16;
    private static readonly byte[] Hits = GC.AllocateArray<byte>(Points, pinned: true);
    private static readonly byte* First = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(Hits, 0);
    private static uint _guards;

    /// <summary>This class, as instrumentation options name it.</summary>
    public static CallbackClass Class { get; } = new(
        typeof(InlinedCallbacks).Assembly.GetName(),
        typeof(InlinedCallbacks).Namespace!,
        nameof(InlinedCallbacks),
        CallbackMethods.TracePc | CallbackMethods.TracePcGuardWithoutPoint | CallbackMethods.TracePcGuardInit,
        typeof(InlinedCallbacks).Assembly.Location);

    /// <summary>Numbers the guards of a module from 1.</summary>
    public static void TracePcGuardInit(uint* start, uint* stop)
    {
        for (; start < stop && *start == 0; start++)
        {
            *start = ++_guards;
        }
    }

    /// <summary>Counts a guard.</summary>
    public static void TracePcGuard(uint* guard) => First[*guard % Points]++;

    /// <summary>Counts a point.</summary>
    public static void TracePc(int point) => First[(uint)point % Points]++;
}
