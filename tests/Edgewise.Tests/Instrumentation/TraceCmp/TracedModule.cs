using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Edgewise.Instrumentation;
using Edgewise.Runtime;
using Edgewise.Runtime.Formats;

namespace Edgewise.Tests.Instrumentation.TraceCmp;

/// <summary>An instrumented module that is loaded until this is disposed.</summary>
internal sealed class TracedModule : IDisposable
{
    private readonly AssemblyLoadContext _context = new("traced", isCollectible: true);
    private CoverageModule? _module;

    /// <summary>Instruments and loads a module.</summary>
    /// <param name="image">The original; its bytes are those of no other module with a table.</param>
    /// <param name="callbacks">The callback class, or null for the Runtime's table.</param>
    /// <param name="features">The features.</param>
    public TracedModule(byte[] image, CallbackClass? callbacks, CoverageFeatures features = CoverageFeatures.TraceCmp)
    {
        // Without a host modules keep their tables to themselves.
        Host.Install();
        Result = Instrumenter.Instrument(image, null, "traced.dll", new InstrumentationOptions { Features = features, Callbacks = callbacks });
        Assembly = _context.LoadFromStream(new MemoryStream(Result.Image));
        Type holder = Assembly.GetType(Registration.HolderName, throwOnError: true)!;
        RuntimeHelpers.RunClassConstructor(holder.TypeHandle);
        FirstSite = (int?)holder.GetField("FirstSite", BindingFlags.Static | BindingFlags.NonPublic)?.GetValue(null) ?? 0;
    }

    /// <summary>What the instrumenter made.</summary>
    public InstrumentationResult Result { get; }

    /// <summary>The loaded assembly.</summary>
    public Assembly Assembly { get; }

    /// <summary>Process-wide number of the module's first site.</summary>
    public int FirstSite { get; }

    /// <summary>The Runtime's table.</summary>
    public IReadOnlyList<RecentCompare> RecentCompares() => (_module ??= Coverage.Modules.Last(module => module.Identity == Result.Points.Identity)).RecentCompares();

    /// <summary>Calls a static method and says what it returned or threw.</summary>
    public string Call(string type, string method, params object?[] arguments)
    {
        try
        {
            return $"{Assembly.GetType(type, throwOnError: true)!.GetMethod(method)!.Invoke(null, arguments)}";
        }
        catch (TargetInvocationException exception)
        {
            return exception.InnerException!.GetType().Name;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _context.Unload();
}
