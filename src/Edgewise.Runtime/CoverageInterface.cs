using System.Runtime.CompilerServices;
using Edgewise.Runtime.Formats.Legacy;
using Edgewise.Runtime.Map;
using Edgewise.Runtime.Symbols;
using Edgewise.Runtime.Trace;

namespace Edgewise.Runtime;

/// <summary>
/// What a program asks of its own coverage: <c>sanitizer/coverage_interface.h</c> of clang, that of 2016 included, and what libFuzzer uses beside
/// it. Where nothing is instrumented all of it does nothing, counts are zero and texts say that nothing is known.
/// </summary>
/// <remarks>
/// A PC here is process-wide: the number of a module, from 1 on in order of registration, times 2³², plus the RVA in the module's original image. So
/// it keeps its meaning while the process lives. <c>.sancov</c> files hold the RVA alone.
/// </remarks>
public static unsafe class CoverageInterface
{
    private static readonly PcBuffer Buffer = new();

    /// <summary>The method that <c>TracePcIndir</c> was told as callee; null for zero, and for one whose load context is gone.</summary>
    /// <param name="callee">What the callback was told.</param>
    public static System.Reflection.MethodBase? MethodOf(nuint callee) => CalledCode.MethodOf(callee);

    /// <summary><c>__sanitizer_get_total_unique_coverage</c>: points that were reached since the last reset, whether or not their counters were cleared since.</summary>
    public static int TotalUniqueCoverage => (int)Host.Ask(MapRequest.UniqueCoverage);

    /// <summary><c>__sanitizer_get_total_unique_caller_callee_pairs</c>: indirect calls that happened, each site and method once; never reset.</summary>
    public static long TotalUniqueCallerCalleePairs => Host.Ask(MapRequest.Start) == 0 ? 0 : CallPairs.Shared.Count;

    /// <summary>
    /// <c>__sancov_should_track</c>: whether modules that were instrumented with <c>gated</c> call their callbacks, those that are loaded and those to
    /// come. False until it is set, as in clang, unless <c>should_track=1</c> in <c>EDGEWISE_OPTIONS</c>. Setting it installs the host where there is none
    /// (<see cref="Host.Install"/>): modules that loaded before that have gates of their own, which stay closed.
    /// </summary>
    public static bool ShouldTrack
    {
        get => Host.Ask(MapRequest.GatesAreOpen) != 0;
        set
        {
            Host.Install();
            Host.Ask(MapRequest.SetGates, value ? 1 : 0);
        }
    }

    /// <summary><c>__sanitizer_get_number_of_counters</c>: counters of all modules, which is the size of a bitset. It grows as modules load.</summary>
    public static int CounterCount => Coverage.PointCount;

    /// <summary>
    /// <c>__sanitizer_get_coverage_pc_buffer_pos</c>: how many PCs stand in the buffer of <see cref="SetPcBuffer"/>. IL counters call nobody at a
    /// first hit, so it is this call that looks for new ones and appends them, by module and point; before it, the buffer is as the last call left it.
    /// </summary>
    public static int PcBufferPosition => Buffer.Fill();

    /// <summary>
    /// The PC of a point, for C's <c>__builtin_return_address(0)</c> in a callback, which takes the point's number instead. It searches the modules:
    /// for what is printed, not for what is counted.
    /// </summary>
    /// <param name="point">Process-wide number of the point.</param>
    /// <returns>The PC; zero where the point is in no module that is loaded and has a point set.</returns>
    public static ulong PcOfPoint(int point)
    {
        foreach (CoverageModule module in Coverage.Modules)
        {
            if (point >= module.FirstPoint && point - module.FirstPoint < module.PointCount)
            {
                return module.PointSet is { } points ? RawFile.BaseOf(module.Number) + (uint)points.Pcs[point - module.FirstPoint] : 0;
            }
        }

        return 0;
    }

    /// <summary>
    /// <c>__sanitizer_cov_dump</c>: writes all coverage files as of now into <c>coverage_dir</c>, whether or not <c>coverage=1</c>; what is written at the
    /// end replaces them. Any thread may call it at any time, in a finaliser or a handler of the process's end too; calls wait for each other.
    /// </summary>
    /// <returns>True if all was written; otherwise a line on standard error says why not. False where nothing is instrumented.</returns>
    public static bool Dump() => Host.Ask(MapRequest.Dump) != 0;

    /// <summary><c>__sanitizer_cov_reset</c>, <c>__sanitizer_reset_coverage</c>: forgets what was reached.</summary>
    public static void Reset() => Coverage.Reset();

    /// <summary>
    /// <c>__sanitizer_update_counter_bitset_and_clear_counters</c>: sets in a byte per counter the bit of the counter's hit-count class (1, 2, 3, 4–7, 8–15,
    /// 16–31, 32–127, 128 and more are bits 0 to 7), and clears the counters. What was cleared still counts for <see cref="TotalUniqueCoverage"/> and dumps.
    /// </summary>
    /// <param name="bitset">
    /// At least <see cref="CounterCount"/> bytes, at any address; or empty, and the counters are only cleared. Byte i belongs to the same counter
    /// as long as no load context is collected; modules that load append theirs.
    /// </param>
    /// <returns>How many bits are new.</returns>
    /// <exception cref="ArgumentException">The bitset is too small; nothing was cleared.</exception>
    public static int UpdateCounterBitsetAndClearCounters(Span<byte> bitset)
    {
        fixed (byte* pointer = bitset)
        {
            int added = (int)Host.Ask(MapRequest.MoveCounters, (nint)pointer, bitset.Length);
            return added >= 0
                ? added
                : throw new ArgumentException($"a bitset of {bitset.Length} bytes; {CounterCount} counters take one each", nameof(bitset));
        }
    }

    /// <summary>
    /// <c>__sanitizer_set_coverage_pc_buffer</c>: takes the PCs of points that are reached from now on and had not been before, until it is full.
    /// </summary>
    /// <param name="buffer">The buffer; null ends it.</param>
    public static void SetPcBuffer(ulong[]? buffer) => Buffer.Set(buffer);

    /// <summary>
    /// <c>__sanitizer_set_death_callback</c>: what to call once when an exception that nobody catches ends the process, before coverage is written. What it
    /// throws is told and forgotten. <see cref="Environment.FailFast(string)"/>, a stack overflow and SIGKILL run no code, and so no callback.
    /// </summary>
    /// <param name="callback">Replaces the one before; null for none.</param>
    public static void SetDeathCallback(Action? callback) => DeathCallback.Set(callback);

    /// <summary>
    /// <c>__sanitizer_get_module_and_offset_for_pc</c>: the path of the module that a PC lies in, and the RVA there.
    /// </summary>
    /// <param name="pc">A process-wide PC.</param>
    /// <param name="module">The path; the name where it was loaded from memory; empty where the PC is in no module.</param>
    /// <param name="offset">The RVA in the original image; zero where the PC is in no module.</param>
    /// <returns>True if the PC lies in a module.</returns>
    public static bool TryGetModuleAndOffset(ulong pc, out string module, out uint offset)
    {
        (module, offset) = SymbolizedPc.Find(pc) is { } found ? (found.ModulePath, found.Offset) : (string.Empty, 0u);
        return module.Length != 0;
    }

    /// <summary>
    /// <c>__sanitizer_symbolize_pc</c>: describes a PC as a format says. <c>%p</c> the PC, <c>%m</c> the module's path, <c>%o</c> the RVA in it, <c>%f</c> the
    /// method, <c>%q</c> the IL offset in it, <c>%s</c> <c>%l</c> <c>%c</c> source file, line and column, <c>%F</c> <c>in METHOD</c>, <c>%S</c> the source
    /// position, <c>%L</c> that or module and RVA, <c>%M</c> the module's name and RVA, <c>%n</c> the frame (always 0), <c>%%</c> a percent sign.
    /// </summary>
    /// <remarks>
    /// Lines come from the portable PDB of the original image, where that is found: under <c>edgewise run</c>, or where it was built. Elsewhere only the
    /// entry of a method has one, from the PDB of the instrumented image, in which everything else has moved.
    /// </remarks>
    /// <param name="pc">A process-wide PC.</param>
    /// <param name="format">The format.</param>
    /// <returns>The text; <c>[can't symbolize]</c> for a PC in no module.</returns>
    /// <exception cref="FormatException">The format has a <c>%</c> before another character, or at its end.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static string SymbolizePc(ulong pc, string format)
    {
        ArgumentNullException.ThrowIfNull(format);
        return PcFormat.Write(format, pc, SymbolizedPc.Find(pc));
    }
}
