using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Edgewise.Instrumentation;
using Edgewise.Runtime;
using Edgewise.Runtime.Formats;

namespace Edgewise.Tests.Instrumentation.DataFlow;

/// <summary>A module before and after data-flow features were inserted, each in a load context that goes with it.</summary>
internal sealed class FlowModule : IDisposable
{
    private const BindingFlags Statics = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static;

    private static readonly OpCode[] Opcodes = [.. typeof(OpCodes).GetFields().Select(field => (OpCode)field.GetValue(null)!)];

    private readonly AssemblyLoadContext _before = new("before", isCollectible: true);
    private readonly AssemblyLoadContext _after = new("after", isCollectible: true);
    private readonly byte[] _image;
    private readonly CoverageModule? _loaded;
    private Type? _original;
    private Type? _instrumented;

    /// <summary>Instruments a module.</summary>
    /// <param name="image">The module.</param>
    /// <param name="typeName">The class whose static methods are called.</param>
    /// <param name="features">What is inserted, at function entries where points are asked for.</param>
    /// <param name="callbacks">A callback class, or null for the Runtime's.</param>
    /// <param name="level">Where points are.</param>
    public FlowModule(byte[] image, string typeName, CoverageFeatures features, Type? callbacks, InstrumentationLevel level = InstrumentationLevel.Func)
    {
        Result = Instrumenter.Instrument(
            image, null, typeName + ".dll",
            new InstrumentationOptions { Features = features, Level = level, Pruning = Pruning.None, Callbacks = callbacks is null ? null : ClassOf(callbacks) });
        Assert.Empty(Result.LeftOut);
        Host.Install();
        _image = image;
        _original = _before.LoadFromStream(new MemoryStream(image)).GetType(typeName, throwOnError: true)!;
        RuntimeHelpers.RunClassConstructor(_original.TypeHandle);
        _instrumented = _after.LoadFromStream(new MemoryStream(Result.Image)).GetType(typeName, throwOnError: true)!;
        RuntimeHelpers.RunClassConstructor(_instrumented.TypeHandle);
        _loaded = Coverage.Modules.LastOrDefault(module => module.Name == Result.Points.ModuleName && module.Identity == Result.Points.Identity);
    }

    /// <summary>What instrumentation gave.</summary>
    public InstrumentationResult Result { get; }

    /// <summary>The class after instrumentation.</summary>
    public Type Instrumented => _instrumented ?? throw new ObjectDisposedException(nameof(FlowModule));

    /// <summary>The module in this process's coverage, where it asked for a part of the map.</summary>
    public CoverageModule Loaded => _loaded ?? throw new InvalidOperationException($"{Result.Points.ModuleName} asked for nothing");

    /// <summary>Calls a method in both forms, which must end the same way.</summary>
    /// <returns>What was recorded, in order, separated by <c>; </c>.</returns>
    public string Trace(string method, params object?[] arguments)
    {
        FlowRecorder.Events.Clear();
        string expected = Call(_original!, method, arguments);
        Assert.Empty(FlowRecorder.Events);
        string actual = Call(Instrumented, method, arguments);
        Assert.Equal(expected, actual);
        return string.Join("; ", FlowRecorder.Events.Select(recorded => recorded.Text));
    }

    /// <summary>Calls the instrumented method.</summary>
    public string Call(string method, params object?[] arguments) => Call(Instrumented, method, arguments);

    /// <summary>For each recorded callback the instruction that its site names, and the width.</summary>
    public IEnumerable<string> RecordedSites()
    {
        using PEReader reader = new(ImmutableCollectionsMarshal.AsImmutableArray(_image));
        int first = Loaded.FirstSite;
        List<string> found = [];
        foreach ((_, int site) in FlowRecorder.Events)
        {
            PointSite described = Result.Points.Sites[site - first];
            byte opcode = reader.GetSectionData(described.Pc).GetContent(0, 1)[0];
            found.Add($"{Opcodes.First(candidate => candidate.Size == 1 && (byte)candidate.Value == opcode).Name} {described.Width}");
        }

        return found;
    }

    /// <summary>Lets both load contexts be collected, so that others get their regions of the map.</summary>
    public void Dispose()
    {
        _original = _instrumented = null;
        _before.Unload();
        _after.Unload();
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    private static string Call(Type type, string method, object?[] arguments)
    {
        MethodInfo found = type.GetMethod(method, Statics) ?? throw new ArgumentException($"no method {method}");
        try
        {
            return $"{found.Invoke(null, [.. arguments])}";
        }
        catch (TargetInvocationException exception)
        {
            return exception.InnerException!.GetType().Name;
        }
    }

    private static CallbackClass ClassOf(Type type)
    {
        CallbackMethods methods = CallbackMethods.None;
        foreach (CallbackSignature signature in CallbackSignature.All)
        {
            bool takesPoint = signature.Method == CallbackMethods.TracePcGuard;
            methods |= type.GetMethod(signature.Name) is not null && !takesPoint ? signature.Method : CallbackMethods.None;
        }

        return new CallbackClass(type.Assembly.GetName(), type.Namespace!, type.Name, methods, type.Assembly.Location);
    }
}
