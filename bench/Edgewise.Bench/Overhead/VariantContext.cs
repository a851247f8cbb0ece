using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Edgewise.Bench.Peers;
using Edgewise.Bench.Timing;
using Edgewise.Runtime;

namespace Edgewise.Bench.Overhead;

/// <summary>A load context with one variant's images, beside those of all other variants.</summary>
/// <remarks>
/// Not collectible by default: methods in collectible contexts are compiled once, fully optimised but without a profile, and so are another
/// program than the one that users run. Holders are initialised at once, as a host does, so that their pointers are constants to the JIT.
/// </remarks>
internal sealed class VariantContext : AssemblyLoadContext
{
    private readonly IReadOnlyDictionary<string, byte[]> _images;
    private readonly List<CounterSlice> _slices = [];

    /// <param name="name">Name for the debugger.</param>
    /// <param name="images">Images by simple assembly name.</param>
    /// <param name="collectible">True: a context that can be unloaded.</param>
    public VariantContext(string name, IReadOnlyDictionary<string, byte[]> images, bool collectible = false) : base(name, collectible) =>
        _images = images;

    /// <summary>Counters and flags of the modules loaded so far, one slice a module; guards are not cleared between runs.</summary>
    public IReadOnlyList<CounterSlice> Slices => _slices;

    /// <summary>Loads an image, or another assembly by the same rules as the program's own references.</summary>
    public Assembly Open(string simpleName) => LoadFromAssemblyName(new AssemblyName(simpleName));

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name is null || !_images.TryGetValue(assemblyName.Name, out byte[]? image))
        {
            return null;
        }

        Assembly assembly = LoadFromStream(new MemoryStream(image));
        if (assembly.GetType(Registration.HolderName) is { } holder)
        {
            RuntimeHelpers.RunClassConstructor(holder.TypeHandle);
            AddSlice(holder, "Counters");
            AddSlice(holder, "Flags");
            SharpFuzzProbe.Attach(holder);
        }

        return assembly;
    }

    private unsafe void AddSlice(Type holder, string field)
    {
        if (holder.GetField(field, BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)?.GetValue(null) is Pointer pointer
            && LowMemoryHost.Slice((nint)Pointer.Unbox(pointer)) is { Length: > 0 } slice)
        {
            _slices.Add(slice);
        }
    }
}
