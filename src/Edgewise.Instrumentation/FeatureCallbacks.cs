using Edgewise.Runtime.Formats;

namespace Edgewise.Instrumentation;

/// <summary>Which callbacks each feature calls.</summary>
public static class FeatureCallbacks
{
    private const CallbackMethods Compares = CallbackMethods.TraceCmp1 | CallbackMethods.TraceCmp2 | CallbackMethods.TraceCmp4 | CallbackMethods.TraceCmp8
        | CallbackMethods.TraceConstCmp1 | CallbackMethods.TraceConstCmp2 | CallbackMethods.TraceConstCmp4 | CallbackMethods.TraceConstCmp8
        | CallbackMethods.TraceSwitch | CallbackMethods.TraceCompareBytes | CallbackMethods.TraceCompareChars;

    private const CallbackMethods Loads =
        CallbackMethods.Load1 | CallbackMethods.Load2 | CallbackMethods.Load4 | CallbackMethods.Load8 | CallbackMethods.Load16;

    private const CallbackMethods Stores =
        CallbackMethods.Store1 | CallbackMethods.Store2 | CallbackMethods.Store4 | CallbackMethods.Store8 | CallbackMethods.Store16;

    private static readonly (CoverageFeatures Feature, CallbackMethods Methods)[] Table =
    [
        (CoverageFeatures.Inline8BitCounters, CallbackMethods.Inline8BitCountersInit),
        (CoverageFeatures.InlineBoolFlag, CallbackMethods.InlineBoolFlagInit),
        (CoverageFeatures.TracePcGuard, CallbackMethods.TracePcGuard | CallbackMethods.TracePcGuardWithoutPoint | CallbackMethods.TracePcGuardInit),
        (CoverageFeatures.TracePc, CallbackMethods.TracePc | CallbackMethods.EnterMethod),
        (CoverageFeatures.PcTable, CallbackMethods.PcsInit),
        (CoverageFeatures.TraceCmp, Compares | CallbackMethods.EnterMethod),
        (CoverageFeatures.TraceDiv, CallbackMethods.TraceDiv4 | CallbackMethods.TraceDiv8),
        (CoverageFeatures.TraceGep, CallbackMethods.TraceGep),
        (CoverageFeatures.TraceLoads, Loads),
        (CoverageFeatures.TraceStores, Stores),
        (CoverageFeatures.StackDepth, CallbackMethods.StackDepth),
        (CoverageFeatures.IndirectCalls, CallbackMethods.TracePcIndir),
        (CoverageFeatures.ControlFlow, CallbackMethods.CfsInit),
        (CoverageFeatures.TracePcEntryExit, CallbackMethods.TracePcEntry | CallbackMethods.TracePcExit),
        (CoverageFeatures.TraceBb, CallbackMethods.TraceBasicBlock),
    ];

    /// <summary>All callbacks that features call.</summary>
    public static CallbackMethods Of(CoverageFeatures features) =>
        Table.Where(row => features.HasFlag(row.Feature)).Aggregate(CallbackMethods.None, (all, row) => all | row.Methods);
}
