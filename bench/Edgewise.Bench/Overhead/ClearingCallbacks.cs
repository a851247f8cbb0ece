using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Edgewise.Instrumentation;

namespace Edgewise.Bench.Overhead;

/// <summary>A callback class that notes each guard once and clears it, so that it is not called again.</summary>
public static unsafe class ClearingCallbacks
{
    private const int Points = 1 << 16;
    private static readonly byte[] Hits = GC.AllocateArray<byte>(Points, pinned: true);
    private static readonly byte* First = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(Hits, 0);
    private static uint _guards;

    /// <summary>This class, as instrumentation options name it.</summary>
    public static CallbackClass Class { get; } = new(
        typeof(ClearingCallbacks).Assembly.GetName(),
        typeof(ClearingCallbacks).Namespace!,
        nameof(ClearingCallbacks),
        CallbackMethods.TracePcGuardWithoutPoint | CallbackMethods.TracePcGuardInit,
        typeof(ClearingCallbacks).Assembly.Location);

    /// <summary>Numbers the guards of a module from 1.</summary>
    public static void TracePcGuardInit(uint* start, uint* stop)
    {
        for (; start < stop && *start == 0; start++)
        {
            *start = ++_guards;
        }
    }

    /// <summary>Notes a guard and clears it. Not inlined: it is called once a guard, and would only make the code around larger.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void TracePcGuard(uint* guard)
    {
        First[*guard % Points] = 1;
        *guard = 0;
    }
}
