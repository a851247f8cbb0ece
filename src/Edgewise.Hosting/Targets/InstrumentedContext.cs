using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Edgewise.Hosting.Images;
using Edgewise.Instrumentation;
using Edgewise.Runtime;

namespace Edgewise.Hosting.Targets;

/// <summary>
/// A load context in which an assembly and what it depends on are loaded once more, the chosen ones instrumented: so a target can be measured in a process
/// that has it loaded already, and two copies of it do not disturb one another.
/// </summary>
/// <remarks>The framework, and assemblies named as shared, come from the context of this program: their types are the same on both sides.</remarks>
public sealed class InstrumentedContext : AssemblyLoadContext
{
    private readonly AssemblyDependencyResolver _resolver;
    private readonly IReadOnlySet<string> _shared;
    private readonly Func<string, InstrumentationOptions?> _options;
    private readonly ImageCache? _cache;
    private readonly ConcurrentDictionary<string, InstrumentedModule> _modules = [];
    private readonly ConcurrentDictionary<string, string> _originals = [];

    /// <summary>Makes the context of an assembly.</summary>
    /// <param name="path">The assembly.</param>
    /// <param name="shared">Simple names of assemblies that are taken from this program.</param>
    /// <param name="options">What is inserted into an assembly of a simple name; null to load it as it is.</param>
    /// <param name="cache">Keeps images; null to instrument in memory each time.</param>
    /// <param name="isCollectible">True for a context that can be unloaded; its code is compiled once, without what tiers and profiles bring.</param>
    /// <exception cref="HostingException">The assembly is missing, or no managed assembly.</exception>
    public InstrumentedContext(
        string path, IReadOnlySet<string> shared, Func<string, InstrumentationOptions?> options, ImageCache? cache = null, bool isCollectible = false)
        : base($"instrumented {System.IO.Path.GetFileName(path)}", isCollectible)
    {
        ArgumentNullException.ThrowIfNull(shared);
        ArgumentNullException.ThrowIfNull(options);
        ModuleInput.Read(path);
        Host.Install();
        Path = System.IO.Path.GetFullPath(path);
        _resolver = new AssemblyDependencyResolver(Path);
        _shared = shared;
        _options = options;
        _cache = cache;
    }

    /// <summary>Full path of the assembly.</summary>
    public string Path { get; }

    /// <summary>The instrumented modules that were loaded so far, by simple name.</summary>
    public IReadOnlyDictionary<string, InstrumentedModule> Modules => _modules;

    /// <summary>Where the original images of the instrumented modules are that were loaded so far, by simple name.</summary>
    public IReadOnlyDictionary<string, string> Originals => _originals;

    /// <summary>Loads the assembly.</summary>
    /// <exception cref="HostingException">It cannot be loaded or instrumented; the message names it.</exception>
    public Assembly LoadTarget() => LoadFrom(System.IO.Path.GetFileNameWithoutExtension(Path), Path);

    /// <summary>
    /// Loads the assembly, and all that it refers to here, in an order that depends on nothing else: as a target runs, others would come in an order of their own, and points had
    /// other places each time.
    /// </summary>
    /// <exception cref="HostingException">One cannot be loaded or instrumented; the message names it.</exception>
    public Assembly LoadAll()
    {
        Assembly target = LoadTarget();
        var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { target.GetName().Name! };
        var waiting = new Queue<Assembly>([target]);
        while (waiting.TryDequeue(out Assembly? assembly))
        {
            foreach (AssemblyName name in assembly.GetReferencedAssemblies().OrderBy(name => name.Name, StringComparer.Ordinal))
            {
                if (known.Add(name.Name!) && TryLoad(name) is { } loaded && GetLoadContext(loaded) == this)
                {
                    waiting.Enqueue(loaded);
                }
            }
        }

        return target;
    }

    /// <summary>The counters of the modules that were loaded so far, one byte a point; empty if none has any. Take the span anew for each run.</summary>
    public Span<byte> Counters() => Coverage.RegionOf(this) is { } region ? region.Counters : [];

    /// <summary>The whole pages in which the counters stand; empty where they share pages with something else.</summary>
    public Span<byte> CounterPages() => Coverage.RegionOf(this) is { } region ? region.Pages : [];

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        ArgumentNullException.ThrowIfNull(assemblyName);
        return assemblyName.Name is { } name && !_shared.Contains(name) && _resolver.ResolveAssemblyToPath(assemblyName) is { } path
            ? LoadFrom(name, path)
            : null;
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;

    // One that is not there is the target's own affair, when it needs it.
    private Assembly? TryLoad(AssemblyName name)
    {
        try
        {
            return LoadFromAssemblyName(name);
        }
        catch (Exception missing) when (missing is FileNotFoundException or FileLoadException or BadImageFormatException)
        {
            return null;
        }
    }

    private Assembly LoadFrom(string name, string path)
    {
        if (_options(name) is not { } options)
        {
            return LoadFromAssemblyPath(path);
        }

        (byte[] image, byte[]? pdb) = Instrument(name, path, options);
        _originals[name] = path;
        Assembly assembly;
        try
        {
            assembly = LoadFromStream(new MemoryStream(image), pdb is null ? null : new MemoryStream(pdb));
        }
        catch (Exception failure) when (failure is BadImageFormatException or FileLoadException)
        {
            throw new HostingException($"{path}: its instrumented image cannot be loaded: {failure.Message}", failure);
        }

        if (assembly.GetType(Registration.HolderName) is { } holder)
        {
            // Before any of its methods is compiled: what the holder's fields hold is a constant to the JIT then.
            RuntimeHelpers.RunClassConstructor(holder.TypeHandle);
        }

        return assembly;
    }

    private (byte[] Image, byte[]? Pdb) Instrument(string name, string path, InstrumentationOptions options)
    {
        try
        {
            if (_cache is not null)
            {
                InstrumentedModule module = _cache.Get(path, options);
                _modules[name] = module;
                return (File.ReadAllBytes(module.ImagePath), module.PdbPath is null ? null : File.ReadAllBytes(module.PdbPath));
            }

            ModuleInput input = ModuleInput.Read(path);
            InstrumentationResult result = Instrumenter.Instrument(
                input.Image, input.Pdb, System.IO.Path.GetFileName(path), options with { ReferenceFolders = ModuleInput.ReferenceFolders(path) });
            return (result.Image, result.Pdb);
        }
        catch (InstrumentationException failure)
        {
            throw new HostingException($"{path}: {failure.Message}", failure);
        }
    }
}
