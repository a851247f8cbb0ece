using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Edgewise.Instrumentation;
using Edgewise.Runtime;
using Edgewise.Runtime.Formats;

namespace Edgewise.Tests.Instrumentation.Interpreter;

/// <summary>A real module twice in this process: its original, which is interpreted, and its instrumented image, which the JIT runs.</summary>
internal sealed class Subject
{
    private readonly nint _counters;

    /// <summary>Instruments an image and loads both, each in a context of its own.</summary>
    /// <param name="path">Where it comes from; assemblies that it references are looked for beside.</param>
    /// <param name="image">Its bytes.</param>
    /// <param name="options">How to instrument it.</param>
    public Subject(string path, byte[] image, InstrumentationOptions options)
    {
        InstrumentationResult result = Instrumenter.Instrument(image, null, Path.GetFileName(path), options);
        Points = result.Points;
        Original = Load(image, path).ManifestModule;
        Instrumented = Load(result.Image, path).ManifestModule;
        Type holder = Instrumented.GetType(Registration.HolderName, throwOnError: true, ignoreCase: false)!;
        RuntimeHelpers.RunClassConstructor(holder.TypeHandle);
        unsafe
        {
            object pointer = holder.GetField("Counters", BindingFlags.Static | BindingFlags.NonPublic)!.GetValue(null)!;
            _counters = (nint)Pointer.Unbox(pointer);
        }
    }

    /// <summary>The module as it came.</summary>
    public Module Original { get; }

    /// <summary>The module with probes.</summary>
    public Module Instrumented { get; }

    /// <summary>Its point set.</summary>
    public PointSet Points { get; }

    /// <summary>The counters of all points.</summary>
    public unsafe Span<byte> Counters => new((void*)_counters, Points.PointCount);

    /// <summary>Static methods, of types and methods that are not generic, in the order of the file.</summary>
    public IEnumerable<MethodInfo> StaticMethods()
    {
        Type[] types;
        try
        {
            types = Original.GetTypes();
        }
        catch (ReflectionTypeLoadException exception)
        {
            types = [.. exception.Types.OfType<Type>()];
        }

        return types.Where(type => !type.ContainsGenericParameters)
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(method => !method.ContainsGenericParameters && method.GetMethodBody() is not null)
            .OrderBy(method => method.MetadataToken);
    }

    /// <summary>The same method of the instrumented image: tokens are stable.</summary>
    public MethodBase InInstrumented(MethodBase original) => Instrumented.ResolveMethod(original.MetadataToken)!;

    /// <summary>The method's entry in the point set.</summary>
    public PointMethod? PointsOf(MethodBase method)
    {
        int index = Array.FindIndex(Points.Methods, entry => entry.Token == method.MetadataToken);
        return index < 0 ? null : Points.Methods[index];
    }

    private static Assembly Load(byte[] image, string path)
    {
        var context = new AssemblyLoadContext(Path.GetFileName(path), isCollectible: false);
        context.Resolving += (loading, name) =>
            File.Exists(Path.Combine(Path.GetDirectoryName(path)!, name.Name + ".dll")) ? loading.LoadFromAssemblyPath(Path.Combine(Path.GetDirectoryName(path)!, name.Name + ".dll")) : null;
        return context.LoadFromStream(new MemoryStream(image));
    }
}
