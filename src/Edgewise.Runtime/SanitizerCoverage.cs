using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Edgewise.Runtime.Map;
using Edgewise.Runtime.Platform;

namespace Edgewise.Runtime;

/// <summary>
/// The callbacks of SanitizerCoverage, as <c>__sanitizer_cov_*</c> are for clang: what instrumented code calls unless it was bound to a class of
/// the user's. They mark points in the coverage map, so that callbacks and counters leave the same files. They never allocate and never throw.
/// </summary>
public static unsafe partial class SanitizerCoverage
{
    // Constants to the JIT once this class is initialised.
    private static readonly byte* Map = Connect();
    private static readonly uint* Limit = (uint*)Host.Ask(MapRequest.Limit);

    /// <summary>
    /// Makes sure that a host owns the coverage map before the first module asks for its part of it; called by the holders of modules that call this class.
    /// <c>__sanitizer_cov_init</c> of 2016. Any number of calls is as good as one.
    /// </summary>
    public static void Init() => Host.Install();

    /// <summary><c>__sanitizer_cov_trace_pc</c>: counts the point, up to 255.</summary>
    /// <param name="point">Process-wide number of the point, for C's return address.</param>
    public static void TracePc(int point) => Count((uint)point);

    /// <summary><c>__sanitizer_cov_trace_pc_guard</c>: counts the guard's point, up to 255; a guard of zero counts nothing.</summary>
    /// <param name="guard">The point's guard.</param>
    /// <param name="point">Process-wide number of the point, for C's return address.</param>
    public static void TracePcGuard(uint* guard, int point) => Count(*guard - 1);

    /// <summary>
    /// <c>__sanitizer_cov_trace_pc_guard_init</c>: gives each guard one more than the process-wide number of its point, so that guards are numbered
    /// from 1 over all modules. Guards that have numbers are left as they are.
    /// </summary>
    /// <param name="start">The module's first guard.</param>
    /// <param name="stop">Behind its last guard.</param>
    public static void TracePcGuardInit(uint* start, uint* stop)
    {
        if (start == stop || *start != 0)
        {
            return;
        }

        int count = (int)(stop - start);
        nint first = Host.Ask(MapRequest.GuardNumber, (nint)start);
        if (first == 0)
        {
            first = Host.Ask(MapRequest.NumberForeignGuards, 0, count);
        }

        for (int i = 0; first != 0 && i < count; i++)
        {
            start[i] = (uint)first + (uint)i;
        }
    }

    /// <summary><c>__sanitizer_cov_8bit_counters_init</c>. The map handed these counters out, so there is nothing to note.</summary>
    /// <param name="start">The module's first counter.</param>
    /// <param name="stop">Behind its last counter.</param>
    public static void Inline8BitCountersInit(byte* start, byte* stop)
    {
    }

    /// <summary><c>__sanitizer_cov_bool_flag_init</c>. The map handed these flags out, so there is nothing to note.</summary>
    /// <param name="start">The module's first flag.</param>
    /// <param name="stop">Behind its last flag.</param>
    public static void InlineBoolFlagInit(byte* start, byte* stop)
    {
    }

    /// <summary><c>__sanitizer_cov_pcs_init</c>. The image's point set tells the same and more, so there is nothing to note.</summary>
    /// <param name="start">The module's first pair of PC and flags.</param>
    /// <param name="stop">Behind its last pair.</param>
    public static void PcsInit(ulong* start, ulong* stop)
    {
    }

    /// <summary>Stores two values in a slot of the table of recent compares at once, so that both are of one comparison. For instrumented code.</summary>
    /// <param name="slot">The slot, aligned to its 16 bytes.</param>
    /// <param name="left">The left value.</param>
    /// <param name="right">The right value.</param>
    /// <remarks>
    /// One aligned store of 16 bytes, which most processors make as one (<see cref="PairStores"/>). On others the comparison is lost, since a pair of two
    /// comparisons must never be read.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreCompare(byte* slot, ulong left, ulong right)
    {
        if (Avx.IsSupported || PairStores.AreAtomic)
        {
            Vector128.Create(left, right).StoreAligned((ulong*)slot);
        }
    }

    private static byte* Connect()
    {
        Host.Install();
        return (byte*)Host.Ask(MapRequest.Start);
    }

    private static void Count(uint point)
    {
        // A number from before there was a host lies beyond the limit, as does that of a guard of zero.
        if (Limit != null && point < *Limit)
        {
            byte* counter = Map + point;
            byte count = *counter;
            if (count != byte.MaxValue)
            {
                *counter = (byte)(count + 1);
            }
        }
    }
}
