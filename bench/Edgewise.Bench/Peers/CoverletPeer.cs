using System.Reflection;
using System.Runtime.Loader;

namespace Edgewise.Bench.Peers;

/// <summary>Instruments a module with coverlet's own code, out of the package coverlet.collector, as its data collector does.</summary>
/// <remarks>
/// coverlet.core has no public way in; its <c>Coverage</c> class is found by reflection. It rewrites files in place, so it gets copies. What is measured
/// is its probe alone (an <c>Interlocked.Increment</c> a sequence point and branch): no data collector runs beside.
/// </remarks>
internal static class CoverletPeer
{
    /// <summary>The instrumented image, or null where coverlet is not there or did not do it; then one line says why.</summary>
    public static byte[]? Instrument(string modulePath, Action<string> report)
    {
        string folder = Path.Combine(RepositoryFiles.CoverletPackage, "build");
        string? core = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "coverlet.core.dll", SearchOption.AllDirectories).FirstOrDefault()
            : null;
        if (core is null)
        {
            report("coverlet: skipped, the package coverlet.collector was not restored");
            return null;
        }

        string work = Directory.CreateTempSubdirectory("edgewise-bench-").FullName;
        try
        {
            return Instrument(core, modulePath, work);
        }
        catch (Exception exception) when (exception is TargetInvocationException or MissingMemberException or TypeLoadException or InvalidOperationException)
        {
            report($"coverlet: skipped, {(exception.InnerException ?? exception).Message}");
            return null;
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static byte[] Instrument(string core, string modulePath, string work)
    {
        string module = Path.Combine(work, Path.GetFileName(modulePath));
        File.Copy(modulePath, module);
        File.Copy(Path.ChangeExtension(modulePath, ".pdb"), Path.ChangeExtension(module, ".pdb"));
        byte[] original = File.ReadAllBytes(module);

        AssemblyLoadContext context = new("coverlet");
        context.Resolving += (loading, name) =>
            Path.Combine(Path.GetDirectoryName(core)!, name.Name + ".dll") is var path && File.Exists(path) ? loading.LoadFromAssemblyPath(path) : null;
        Assembly assembly = context.LoadFromAssemblyPath(core);
        object coverage = Construct(assembly, "Coverlet.Core.Coverage", new Dictionary<Type, object> { [typeof(string)] = module });
        coverage.GetType().GetMethod("PrepareModules")!.Invoke(coverage, null);
        byte[] instrumented = File.ReadAllBytes(module);
        return instrumented.AsSpan().SequenceEqual(original)
            ? throw new InvalidOperationException($"it left {Path.GetFileName(module)} as it was")
            : instrumented;
    }

    /// <summary>Makes an object from its largest constructor: what is given, the one class that implements an interface, or a plain new object.</summary>
    private static object Construct(Assembly assembly, string type, Dictionary<Type, object> given) =>
        Construct(assembly.GetType(type) ?? throw new InvalidOperationException($"there is no {type}"), given);

    private static object Construct(Type type, Dictionary<Type, object> given)
    {
        const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        ConstructorInfo constructor = type.GetConstructors(Any).MaxBy(candidate => candidate.GetParameters().Count(parameter => parameter.ParameterType != type))
            ?? throw new InvalidOperationException($"{type} has no constructor");
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter => Argument(parameter.ParameterType, given))]);
    }

    private static object? Argument(Type type, Dictionary<Type, object> given)
    {
        if (given.TryGetValue(type, out object? value))
        {
            return value;
        }

        if (type.Namespace?.StartsWith("Coverlet", StringComparison.Ordinal) != true)
        {
            return type.IsValueType ? Activator.CreateInstance(type) : null;
        }

        if (type.Name == "ILogger")
        {
            return given[type] = SilentProxy.Create(type, typeof(SilentProxy));
        }

        Type? implementation = type.IsInterface
            ? type.Assembly.GetTypes().FirstOrDefault(candidate => candidate is { IsClass: true, IsAbstract: false } && candidate.IsAssignableTo(type))
            : type;
        if (implementation is null)
        {
            return null;
        }

        object made = Construct(implementation, given);
        // The module that is named counts as the test's own, which coverlet leaves alone unless told otherwise.
        made.GetType().GetProperty("IncludeTestAssembly")?.SetValue(made, true);
        return given[type] = made;
    }
}
