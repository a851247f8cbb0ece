using Edgewise.Runtime;

namespace Edgewise.Instrumentation.Passes;

/// <summary>The Runtime's own callback class, which features with callbacks call unless another is named.</summary>
internal static class RuntimeCallbacks
{
    /// <summary>Its callbacks; <c>Init</c> installs the host, so that what it registers is there in time.</summary>
    public static CallbackClass Class { get; } = new(
        typeof(Registration).Assembly.GetName(),
        "Edgewise.Runtime",
        "SanitizerCoverage",
        CallbackMethods.Init | CallbackMethods.TracePc | CallbackMethods.TracePcGuard | CallbackMethods.TracePcGuardInit
            | CallbackMethods.StackDepth
            | CallbackMethods.TraceBasicBlock | CallbackMethods.TracePcEntry | CallbackMethods.TracePcExit | CallbackMethods.TracePcIndir,
        typeof(Registration).Assembly.Location);

    /// <summary>What is called in front of the framework's comparisons, whosever the callbacks are.</summary>
    public static CallbackClass SequenceCompares { get; } = Class with { Name = nameof(Runtime.SequenceCompares), Methods = CallbackMethods.None };
}
