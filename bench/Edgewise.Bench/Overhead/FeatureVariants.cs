using Edgewise.Bench.Peers;
using Edgewise.Instrumentation;
using Edgewise.Runtime.Formats;

namespace Edgewise.Bench.Overhead;

/// <summary>The variants of the JSON parser, and what they may cost.</summary>
internal static class FeatureVariants
{
    /// <summary>The module as it is.</summary>
    public const string OriginalName = "original";

    /// <summary>Plain counters at <c>edge</c> as <c>fuzz</c> uses them: LLVM pruning, entry blocks too, map below 2 GiB.</summary>
    public const string FuzzName = "counters.fuzz";

    /// <summary>The same, with counters that are cleared after each run.</summary>
    public const string FuzzResetName = "counters.fuzz.reset";

    /// <summary>The same with counters that stay at 255, and so make another way once they are there.</summary>
    public const string NeverZeroName = "never-zero.fuzz.reset";

    /// <summary>The same with the table of recent compares.</summary>
    public const string TraceCmpName = "counters.trace-cmp.fuzz";

    /// <summary>Guards that the callback clears when they are hit first.</summary>
    public const string ClearedGuardName = "trace-pc-guard.cleared";

    /// <summary>SharpFuzz's probes.</summary>
    public const string SharpFuzzName = "sharpfuzz";

    private const CoverageFeatures Counters = CoverageFeatures.Inline8BitCounters;

    /// <summary>The module as it is.</summary>
    public static Variant Original { get; } = new(OriginalName, null);

    /// <summary>The same once more, to show the noise.</summary>
    public static Variant OriginalAgain { get; } = new("original-again", null);

    /// <summary>Plain counters as <c>fuzz</c> uses them.</summary>
    public static Variant Fuzz { get; } = new(FuzzName, Options(Counters, Pruning.Llvm, true));

    private static readonly Variant Flags = new("flags.fuzz", Options(CoverageFeatures.InlineBoolFlag, Pruning.Llvm, true));
    private static readonly Variant FuzzReset = Fuzz with { Name = FuzzResetName, Resets = true };
    private static readonly Variant NeverZero = new(
        NeverZeroName, Options(Counters | CoverageFeatures.NeverZero, Pruning.Llvm, true), null, true);

    /// <summary>Counters and pairs of caller and callee; what is measured is calls whose callee the site saw last, and others that are known.</summary>
    public static Variant IndirectCalls { get; } = new("counters.indirect-calls.fuzz", Options(Counters | CoverageFeatures.IndirectCalls, Pruning.Llvm, true));

    /// <summary>The Runtime's sequence of points; see <see cref="LowMemoryHost"/> for where the events go.</summary>
    public static Variant TraceBb { get; } = new("trace-bb", Options(CoverageFeatures.TraceBb, Pruning.Llvm, true));

    /// <summary>Counters and the table of recent compares, as <c>fuzz</c> uses them.</summary>
    public static Variant TraceCmp { get; } = new(TraceCmpName, Options(Counters | CoverageFeatures.TraceCmp, Pruning.Llvm, true));

    /// <summary>Guards whose callback clears them, so that it is called once a guard.</summary>
    public static Variant ClearedGuards { get; } = new(
        ClearedGuardName, Options(CoverageFeatures.TracePcGuard, Pruning.Llvm, true) with { Callbacks = ClearingCallbacks.Class });

    /// <summary>A probe without pruning at every block, as a plain rewriter inserts it.</summary>
    public static Variant Unpruned { get; } =
        new("counters.bb.none", Options(Counters, Pruning.None, false) with { Level = InstrumentationLevel.Bb });

    /// <summary>SharpFuzz's probes at its points.</summary>
    public static Variant SharpFuzz { get; } = new(
        SharpFuzzName, Options(CoverageFeatures.None, Pruning.None, false) with { Level = InstrumentationLevel.Bb }, rows => new SharpFuzzProbe(rows));

    /// <summary>All variants; the original is first, and is there twice to show the noise.</summary>
    public static IReadOnlyList<Variant> All { get; } =
    [
        Original,
        OriginalAgain,
        new("no-probes", Options(CoverageFeatures.None, Pruning.None, false)),
        new("counters.func", Options(Counters, Pruning.None, false) with { Level = InstrumentationLevel.Func }),
        Unpruned,
        new("counters.none", Options(Counters, Pruning.None, false)),
        new("counters.exact", Options(Counters, Pruning.Exact, false)),
        new("counters.llvm", Options(Counters, Pruning.Llvm, false)),
        Fuzz,
        Flags,
        FuzzReset,
        NeverZero,
        TraceCmp,
        ClearedGuards,
        new("trace-pc-guard", Options(CoverageFeatures.TracePcGuard, Pruning.Llvm, true) with { Callbacks = InlinedCallbacks.Class }),
        TraceBb,
        new("trace-pc", Options(CoverageFeatures.TracePc, Pruning.Llvm, true) with { Callbacks = InlinedCallbacks.Class }),
        SharpFuzz,
    ];

    /// <summary>Variants that are also loaded into collectible contexts, where methods are compiled once, without a profile.</summary>
    public static IReadOnlyList<Variant> Collectible { get; } = [Original, Fuzz, Flags, FuzzReset, NeverZero, TraceCmp];

    /// <summary>Variants that run in two threads at once; the last is the original again.</summary>
    public static IReadOnlyList<Variant> Threaded { get; } = [Original, Fuzz, Flags, NeverZero with { Resets = false }, OriginalAgain];

    /// <summary>What a variant may cost, or null where it is only stated.</summary>
    public static double? Goal(string name, string document) => (name, document) switch
    {
        (FuzzName, "small") => 1.35,
        (FuzzName, _) => 1.8,
        ("flags.fuzz", "small") => 1.25,
        ("flags.fuzz", _) => 1.6,
        (TraceCmpName, _) => 2.5,
        (ClearedGuardName, _) => 1.6,
        _ => null,
    };

    private static InstrumentationOptions Options(CoverageFeatures features, Pruning pruning, bool pruneEntry) =>
        new() { Features = features, Pruning = pruning, PruneEntry = pruneEntry, KeepInlined = pruneEntry };
}
