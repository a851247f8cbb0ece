using System.Runtime.Loader;

namespace Edgewise.Runtime.Map;

/// <summary>
/// The part of the coverage map that belongs to one load context, or to the modules of a map file. Modules lie in it without gaps, in
/// order of registration.
/// </summary>
/// <remarks>Written under the map's lock only; <see cref="Used"/> grows, and shrinks to zero only when every module in it is gone.</remarks>
internal sealed class MapRegion(int start, int size)
{
    private readonly List<WeakReference<AssemblyLoadContext>> _contexts = [];

    /// <summary>Offset in the map.</summary>
    public int Start { get; } = start;

    /// <summary>Bytes that may be given to modules.</summary>
    public int Size { get; set; } = size;

    /// <summary>Bytes that were given to modules.</summary>
    public int Used { get; set; }

    public List<MappedModule> Modules { get; } = [];

    public bool Serves(AssemblyLoadContext context) =>
        _contexts.Exists(known => known.TryGetTarget(out AssemblyLoadContext? target) && target == context);

    public void Serve(AssemblyLoadContext context) => _contexts.Add(new WeakReference<AssemblyLoadContext>(context, trackResurrection: true));

    /// <summary>True once every context is collected and none of its code can run any more.</summary>
    public bool IsDeserted() =>
        _contexts.TrueForAll(known => !known.TryGetTarget(out _)) && Modules.TrueForAll(module => !module.IsAlive);

    /// <summary>Makes the region fresh for another context. The caller has saved and cleared what stood in it.</summary>
    public void Vacate()
    {
        _contexts.Clear();
        Modules.Clear();
        Used = 0;
    }

    public MappedModule? Find(long identity, int pointCount) =>
        Modules.Find(module => module.Identity == identity && module.PointCount == pointCount);
}
