using System.Runtime.Loader;
using Edgewise.Runtime.Platform;

namespace Edgewise.Runtime.Map;

/// <summary>The regions of a map, one behind the other, and the limit up to which its memory may be touched.</summary>
/// <remarks>Written and read under the map's lock; the number at <see cref="Limit"/> is read by callbacks without one, and only grows.</remarks>
internal sealed unsafe class RegionTable(AddressSpace space, int* limit, Action<MapRegion> retire)
{
    /// <summary>Room of one load context.</summary>
    public const int RegionSize = 4 << 20;

    private readonly List<MapRegion> _regions = [];

    public int* Limit { get; } = limit;

    public int Count => _regions.Count;

    /// <summary>False once numbers of points stand in traces: a region is then never given to another context, for its numbers would mean two things.</summary>
    public bool ReusesRegions { get; set; } = true;

    public MapRegion this[int index] => _regions[index];

    public MapRegion? Find(int index) => (uint)index < (uint)_regions.Count ? _regions[index] : null;

    public int IndexOf(AssemblyLoadContext? context) =>
        context is null ? -1 : _regions.FindIndex(region => region.Serves(context));

    public int IndexOf(MappedModule module) => _regions.FindIndex(region => region.Modules.Contains(module));

    /// <summary>The first region of a map that a file backs; it serves every context.</summary>
    public void AddFile(int size)
    {
        _regions.Add(new MapRegion(0, size));
        *Limit = size;
    }

    public void ResizeFile(int size)
    {
        // A file grows only while nothing lies behind it.
        _regions[0].Size = size;
        *Limit = Math.Max(*Limit, size);
    }

    /// <summary>
    /// The region of a context: its own, else one whose contexts are all collected, else a new one. When the address space is used up, the
    /// context shares the last region: its counters stay exact, only resetting it alone is not possible any more.
    /// </summary>
    public MapRegion? Of(AssemblyLoadContext context)
    {
        if (_regions.Find(region => region.Serves(context)) is { } own)
        {
            return own;
        }

        MapRegion? region = _regions.Find(candidate => ReusesRegions && candidate.Size == RegionSize && candidate.IsDeserted());
        if (region is not null)
        {
            retire(region);
        }

        region ??= TryAdd() ?? _regions.FindLast(candidate => candidate.Size == RegionSize);
        region?.Serve(context);
        return region;
    }

    private MapRegion? TryAdd()
    {
        int start = _regions.Count == 0 ? 0 : _regions[^1].Start + _regions[^1].Size;
        if (start + (long)RegionSize > space.Size || !space.Commit(start, RegionSize))
        {
            return null;
        }

        var region = new MapRegion(start, RegionSize);
        _regions.Add(region);
        *Limit = start + RegionSize;
        return region;
    }
}
