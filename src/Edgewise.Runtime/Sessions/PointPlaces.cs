using System.Collections.Concurrent;
using Edgewise.Runtime.Formats;
using Edgewise.Runtime.Formats.Legacy;

namespace Edgewise.Runtime.Sessions;

/// <summary>PCs of process-wide numbers of points and sites. Point sets are read once a module.</summary>
internal sealed class PointPlaces
{
    private static readonly ConcurrentDictionary<int, PointSet?> Known = [];

    private readonly List<(uint First, ulong Base, int[] Pcs)> _modules = [];
    private readonly List<(int First, ulong Base, PointSite[] Sites)> _sites = [];

    private PointPlaces()
    {
    }

    /// <summary>Those of the modules that are loaded now.</summary>
    public static PointPlaces OfNow()
    {
        var places = new PointPlaces();
        foreach (CoverageModule module in CoverageModule.All())
        {
            PointSet? points = Known.GetOrAdd(module.Number, static (_, module) => Read(module), module);
            if (points is not null)
            {
                places._modules.Add(((uint)module.FirstPoint, RawFile.BaseOf(module.Number), points.Pcs));
                if (module.FirstSite >= 0)
                {
                    places._sites.Add((module.FirstSite, RawFile.BaseOf(module.Number), points.Sites));
                }
            }
        }

        places._modules.Sort(static (a, b) => a.First.CompareTo(b.First));
        places._sites.Sort(static (a, b) => a.First.CompareTo(b.First));
        return places;
    }

    /// <summary>The PC of a point; its number where nobody knows.</summary>
    public ulong PcOfPoint(uint point)
    {
        int low = 0, high = _modules.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _modules[middle].First <= point ? (middle + 1, high) : (low, middle);
        }

        return low > 0 && point - _modules[low - 1].First is var index && index < _modules[low - 1].Pcs.Length
            ? _modules[low - 1].Base + (uint)_modules[low - 1].Pcs[index]
            : point;
    }

    /// <summary>The PC of a site; its number where nobody knows.</summary>
    public ulong PcOfSite(int site)
    {
        for (int i = _sites.Count - 1; i >= 0; i--)
        {
            if (site >= _sites[i].First && site - _sites[i].First < _sites[i].Sites.Length)
            {
                return _sites[i].Base + (uint)_sites[i].Sites[site - _sites[i].First].Pc;
            }
        }

        return (uint)site;
    }

    // Damage was told when the module was read for coverage; a trace goes on with numbers.
    private static PointSet? Read(CoverageModule module)
    {
        try
        {
            return module.PointSet;
        }
        catch (CoverageFormatException)
        {
            return null;
        }
    }
}
