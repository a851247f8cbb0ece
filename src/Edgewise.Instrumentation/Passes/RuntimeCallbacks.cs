using Edgewise.Runtime;

namespace Edgewise.Instrumentation.Passes;

/// <summary>The Runtime's own callback class, which features with callbacks call unless another is named.</summary>
internal static class RuntimeCallbacks
{
    /// <summary>Its callbacks; it needs no init method but that of guards, since it takes all else from the registration.</summary>
    public static CallbackClass Class { get; } = new(
        typeof(Registration).Assembly.GetName(),
        "Edgewise.Runtime",
        "SanitizerCoverage",
        CallbackMethods.TracePc | CallbackMethods.TracePcGuard | CallbackMethods.TracePcGuardInit,
        typeof(Registration).Assembly.Location);
}
