using Edgewise.Runtime.Sessions;

namespace Edgewise.Instrumentation;

/// <summary>The Runtime's callback class for trace sessions.</summary>
public static class SessionCallbackClass
{
    /// <summary>The class, to be set as <see cref="InstrumentationOptions.Callbacks"/> with the features <c>trace-pc</c> or <c>trace-cmp</c>.</summary>
    public static CallbackClass Instance { get; } = new(
        typeof(TraceSessionCallbacks).Assembly.GetName(),
        typeof(TraceSessionCallbacks).Namespace!,
        nameof(TraceSessionCallbacks),
        CallbackMethods.Init | CallbackMethods.EnterMethod | CallbackSignature.PerThread,
        typeof(TraceSessionCallbacks).Assembly.Location);
}
