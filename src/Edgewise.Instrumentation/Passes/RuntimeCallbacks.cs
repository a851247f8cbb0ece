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
            | CallbackMethods.TraceBasicBlock | CallbackMethods.TracePcEntry | CallbackMethods.TracePcExit | CallbackMethods.TracePcIndir,
        typeof(Registration).Assembly.Location);
}
