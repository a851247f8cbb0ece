using System.Reflection;
using System.Runtime.Loader;
using Edgewise.Runtime.Platform;

namespace Edgewise.Runtime.Map;

/// <summary>
/// All counters of all modules of a process, in one contiguous range of addresses: reserved at once, committed as modules come, never given
/// back. What no module was given are gaps, which are no points and stay zero.
/// </summary>
/// <remarks>
/// Point n of the process has its counter at start + n. All lists are written and read under the lock; counters are written by instrumented
/// code at any time, without one.
/// </remarks>
internal sealed unsafe partial class CoverageMap
{
    /// <summary>The number that stands for "not in the map": beyond every limit, and far enough from overflow.</summary>
    public const int Nowhere = 0x70000000;

    private readonly object _lock = new();
    private readonly AddressSpace _space;
    private readonly MapFileBacking? _file;
    private readonly RegionTable _regions;
    private readonly List<MappedModule> _modules = [];
    private readonly RetiredCounters _retired = new();
    private int _lastId;

    /// <summary>Makes a map of private memory or, with <paramref name="file"/>, one whose first region is the file's.</summary>
    public CoverageMap(AddressSpace space, MapFileBacking? file = null)
    {
        _space = space;
        _file = file;
        // Callbacks compare with it at each point, so it is worth a low address too.
        _regions = new RegionTable(space, (int*)NativeBlock.Allocate(sizeof(int)).Address, Retire);
        if (file is not null)
        {
            _regions.AddFile(file.Size);
        }
    }

    /// <summary>True where a parent process holds the counters and writes them out itself.</summary>
    public bool IsParents => _file is { IsOwn: false };

    /// <summary>Where the file behind the map is, this process's own or a parent's; null where there is none.</summary>
    public string? FilePath => _file?.Path;

    /// <summary>From now on no point gets the number of another that is gone.</summary>
    public void KeepPointNumbers()
    {
        lock (_lock)
        {
            _regions.ReusesRegions = false;
        }
    }

    /// <summary>Removes the file that this process made; the counters stay mapped.</summary>
    /// <exception cref="IOException">It cannot be removed.</exception>
    public void DeleteOwnFile()
    {
        if (_file is { IsOwn: true })
        {
            File.Delete(_file.Path);
        }
    }

    /// <summary>Answers a holder class; see <see cref="Registration"/>.</summary>
    /// <exception cref="OutOfMemoryException">There is no memory for guards or flags.</exception>
    public nint Register(Type? holder, long identity, RegistrationKind kind, int pointCount)
    {
        if (kind is < RegistrationKind.Counters or > RegistrationKind.Sequences || pointCount < 0)
        {
            return 0;
        }

        if (kind == RegistrationKind.Gate)
        {
            return RegisterGate(holder);
        }

        if (kind is RegistrationKind.Compares or RegistrationKind.FirstSite or RegistrationKind.Sequences)
        {
            return RegisterSites(holder, kind, pointCount);
        }

        // Reflection may take locks of the loader, so it is done before ours is taken.
        Assembly? assembly = holder?.Assembly;
        AssemblyLoadContext context =
            (assembly is null ? null : AssemblyLoadContext.GetLoadContext(assembly)) ?? AssemblyLoadContext.Default;
        WrittenPoints? points = assembly is null ? null : WrittenPoints.Of(assembly);
        string path = assembly?.Location ?? string.Empty;
        lock (_lock)
        {
            MappedModule? module = FindOrAdd(context, identity, pointCount, points, path);
            if (module is null)
            {
                return kind == RegistrationKind.FirstPoint ? Nowhere : 0;
            }

            if (holder is not null)
            {
                module.AddHolder(holder);
            }

            return kind switch
            {
                RegistrationKind.FirstPoint => module.FirstPoint,
                RegistrationKind.Guards => (module.Guards ??= NativeBlock.Allocate(Math.Max(1, pointCount) * (long)sizeof(uint))).Address,
                _ => SliceOrFlags(module, kind),
            };
        }
    }

    /// <summary>What is there to dump: all modules with a point set, those of collected contexts included.</summary>
    /// <returns>With the numbers of the first point and the first site; -1 for those of collected contexts, and where there are no sites.</returns>
    public List<(WrittenPoints Points, string Path, byte[] Counters, int FirstPoint, int FirstSite)> Collect()
    {
        lock (_lock)
        {
            List<(WrittenPoints, string, byte[], int, int)> all = [.. _retired.Collect().Select(static build => (build.Points, build.Path, build.Counters, -1, -1))];
            foreach (MappedModule module in _modules)
            {
                if (module.Points is { } points)
                {
                    all.Add((points, module.Path, Reached(module), module.FirstPoint, module.FirstSite));
                }
            }

            return all;
        }
    }

    private Span<byte> Slice(MappedModule module) => new(_space.Start + module.FirstPoint, module.PointCount);

    private nint SliceOrFlags(MappedModule module, RegistrationKind kind)
    {
        module.SliceKind ??= kind;
        return module.SliceKind == kind
            ? (nint)(_space.Start + module.FirstPoint)
            : (module.Flags ??= NativeBlock.Allocate(Math.Max(1, module.PointCount))).Address;
    }

    private MappedModule? FindOrAdd(AssemblyLoadContext context, long identity, int pointCount, WrittenPoints? points, string path)
    {
        if (_file is not null)
        {
            // Whoever reads the file knows nothing of contexts: copies of one build share a slice.
            MapRegion shared = _regions[0];
            if (shared.Find(identity, pointCount) is { } known)
            {
                return known;
            }

            int place = _file.Place(identity, pointCount, points, path, _space);
            if (place >= 0)
            {
                _regions.ResizeFile(_file.Size);
                return Add(shared, place, identity, pointCount, points, path);
            }
        }

        MapRegion? region = _regions.Of(context);
        return region?.Find(identity, pointCount)
            ?? (region is null || region.Size - region.Used < pointCount
                ? null
                : Add(region, region.Start + region.Used, identity, pointCount, points, path));
    }

    private MappedModule Add(MapRegion region, int firstPoint, long identity, int pointCount, WrittenPoints? points, string path)
    {
        var module = new MappedModule(++_lastId, identity, firstPoint, pointCount, points, path);
        region.Used = Math.Max(region.Used, firstPoint + pointCount - region.Start);
        region.Modules.Add(module);
        _modules.Add(module);
        return module;
    }

    /// <summary>Keeps what a deserted region holds, and makes its memory fresh.</summary>
    private void Retire(MapRegion region)
    {
        foreach (MappedModule module in region.Modules)
        {
            if (module.Points is { } points)
            {
                _retired.Add(points, module.Path, Reached(module));
            }

            module.FreeBlocks();
            _ = _modules.Remove(module);
        }

        new Span<byte>(_space.Start + region.Start, region.Used).Clear();
        region.Vacate();
    }
}
