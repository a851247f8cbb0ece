using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Edgewise.Runtime.Map;

namespace Edgewise.Runtime;

/// <summary>
/// The coverage of this process as it runs. Where nothing is instrumented <see cref="IsAvailable"/> says so, counts are zero, lists are empty and
/// all calls do nothing.
/// </summary>
public static class Coverage
{
    /// <summary>True once an instrumented module registered.</summary>
    public static bool IsAvailable => Host.Ask(MapRequest.NextModule) != 0;

    /// <summary>Number of points of all modules.</summary>
    public static int PointCount => (int)Host.Ask(MapRequest.PointCount, 0, -1);

    /// <summary>Number of points that were hit since the last reset, as of now.</summary>
    public static int CoveredCount
    {
        get
        {
            int count = 0;
            for (int i = (int)Host.Ask(MapRequest.RegionCount) - 1; i >= 0; i--)
            {
                count += new CoverageRegion(i).CoveredCount;
            }

            return count;
        }
    }

    /// <summary>The instrumented modules of live load contexts, in the order in which they registered.</summary>
    public static IReadOnlyList<CoverageModule> Modules => CoverageModule.All();

    /// <summary>The regions of the map.</summary>
    public static IReadOnlyList<CoverageRegion> Regions =>
        [.. Enumerable.Range(0, (int)Host.Ask(MapRequest.RegionCount)).Select(index => new CoverageRegion(index))];

    /// <summary>The region of a load context; null where it has none, because nothing instrumented was loaded in it or all counters go to a file.</summary>
    public static CoverageRegion? RegionOf(AssemblyLoadContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        // Another copy of the Runtime may own the map; a handle is what both understand.
        var handle = GCHandle.Alloc(context);
        try
        {
            nint index = Host.Ask(MapRequest.RegionCount) == 0 ? -1 : Host.Ask(MapRequest.RegionOfContext, GCHandle.ToIntPtr(handle));
            return index < 0 ? null : new CoverageRegion((int)index);
        }
        finally
        {
            handle.Free();
        }
    }

    /// <summary>
    /// Takes the next counters of a load context's region out of use, for those who look at the region by addresses: reserved before anything is loaded, they
    /// are its first bytes. They are listed as a module without a name.
    /// </summary>
    /// <returns>False where there is no room, or no coverage map.</returns>
    public static bool Reserve(AssemblyLoadContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var handle = GCHandle.Alloc(context);
        try
        {
            return Host.Ask(MapRequest.ReservePoints, GCHandle.ToIntPtr(handle), count) == 1;
        }
        finally
        {
            handle.Free();
        }
    }

    /// <summary>Clears all counters and flags, and what collected load contexts left.</summary>
    public static void Reset() => Host.Ask(MapRequest.Reset, 0, -1);

    /// <summary>A copy of the counters of all regions, one behind the other.</summary>
    public static byte[] Snapshot() => [.. Regions.SelectMany(region => region.Snapshot())];
}
