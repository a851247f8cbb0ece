using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Edgewise.Instrumentation;
using Edgewise.Runtime;
using Edgewise.Runtime.Formats;
using Edgewise.Tests.Hosting;

namespace Edgewise.Tests.Instrumentation.Calls;

/// <summary>A small library, instrumented and loaded.</summary>
internal sealed class TracedLibrary
{
    private readonly int _firstPoint;

    /// <summary>Instruments a library and loads it.</summary>
    /// <param name="image">The library.</param>
    /// <param name="features">What to insert.</param>
    /// <param name="callbacks">What <see cref="CallLog"/> takes; the rest goes to the Runtime.</param>
    /// <param name="change">Further options.</param>
    /// <param name="isCollectible">It can be unloaded.</param>
    /// <param name="isHand">Its class is not <c>Library</c>, but <c>Hand</c>.</param>
    public TracedLibrary(
        byte[] image, CoverageFeatures features, CallbackMethods callbacks, Func<InstrumentationOptions, InstrumentationOptions>? change = null, bool isCollectible = false,
        bool isHand = false)
    {
        CallbackClass log = new(
            typeof(CallLog).Assembly.GetName(), typeof(CallLog).Namespace!, nameof(CallLog), callbacks, typeof(CallLog).Assembly.Location);
        var options = new InstrumentationOptions { Features = features, Callbacks = callbacks == CallbackMethods.None ? null : log };
        Result = Instrumenter.Instrument(image, null, "Library.dll", change?.Invoke(options) ?? options);
        Assembly = new AssemblyLoadContext("traced", isCollectible).LoadFromStream(new MemoryStream(Result.Image));
        Type holder = Assembly.GetType(Registration.HolderName, throwOnError: true)!;
        RuntimeHelpers.RunClassConstructor(holder.TypeHandle);
        _firstPoint = holder.GetField("FirstPoint", BindingFlags.Static | BindingFlags.NonPublic)?.GetValue(null) is int first ? first : 0;
        RuntimeHelpers.RunClassConstructor(Assembly.GetType(isHand ? "Hand" : "Library", throwOnError: true)!.TypeHandle);
        FirstSite = holder.GetField("FirstSite", BindingFlags.Static | BindingFlags.NonPublic)?.GetValue(null) is int site ? site : -1;
    }

    /// <summary>What instrumentation gave.</summary>
    public InstrumentationResult Result { get; }

    /// <summary>The loaded library.</summary>
    public Assembly Assembly { get; }

    /// <summary>Process-wide number of the first site; -1 where there is none.</summary>
    public int FirstSite { get; }

    /// <summary>Compiles a library of C#.</summary>
    public static byte[] Compile(string source) => Compilation.Image("Library", source);

    /// <summary>Calls a static method without parameters of the class <c>Library</c>, and tells which callbacks came meanwhile.</summary>
    public string Run(string method)
    {
        var action = Assembly.GetType("Library", throwOnError: true)!.GetMethod(method, BindingFlags.Static | BindingFlags.Public)!.CreateDelegate<Action>();
        return CallLog.Of(this, action);
    }

    /// <summary>Name of the method that a point belongs to.</summary>
    public string MethodName(int point) => Result.Points is { } set && set.Methods[set.MethodOfPoint(point - _firstPoint)] is { } method
        ? Assembly.ManifestModule.ResolveMethod(method.Token)!.Name : "";

    /// <summary>Name of the method, and the point's number in it.</summary>
    public string PointName(int point) => $"{MethodName(point)}{point - _firstPoint - Result.Points.Methods[Result.Points.MethodOfPoint(point - _firstPoint)].FirstPoint}";
}
