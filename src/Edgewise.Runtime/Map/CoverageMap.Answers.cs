using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Edgewise.Runtime.Platform;

namespace Edgewise.Runtime.Map;

/// <content>What the map tells every copy of the Runtime in the process.</content>
internal sealed unsafe partial class CoverageMap
{
    private long _lastForeignIdentity;
    private NativeBlock? _valueProfile;

    /// <summary>Answers a Runtime; see <see cref="MapRequest"/>.</summary>
    public nint Answer(MapRequest request, long value, int index)
    {
        lock (_lock)
        {
            return request switch
            {
                MapRequest.Start => (nint)_space.Start,
                MapRequest.Limit => (nint)_regions.Limit,
                MapRequest.RegionCount => _regions.Count,
                MapRequest.RegionStart => _regions.Find(index)?.Start ?? 0,
                MapRequest.RegionUsed => _regions.Find(index)?.Used ?? 0,
                MapRequest.RegionPages => RegionPages(index),
                MapRequest.PointCount => PointCount(index),
                MapRequest.RegionOfContext => _regions.IndexOf(GCHandle.FromIntPtr((nint)value).Target as AssemblyLoadContext),
                MapRequest.NextModule => _modules.Find(module => module.Id > index)?.Id ?? 0,
                MapRequest.Reset => Reset(index),
                MapRequest.ValueProfile => (_valueProfile ??= NativeBlock.Allocate(ValueProfile.Size / 8)).Address,
                MapRequest.ResetCompares => ResetCompares(index),
                MapRequest.GuardNumber => GuardNumber((nint)value),
                MapRequest.NumberForeignGuards => NumberForeignGuards(index),
                MapRequest.MoveCounters => MoveCounters((byte*)value, index),
                MapRequest.UniqueCoverage => UniqueCoverage(),
                MapRequest.SetGates => SetGates(value != 0),
                MapRequest.ReservePoints => GCHandle.FromIntPtr((nint)value).Target is AssemblyLoadContext context
                    && FindOrAdd(context, ++_lastForeignIdentity, index, null, string.Empty) is not null ? 1 : 0,
                MapRequest.GatesAreOpen => _gatesAreOpen ? 1 : 0,
                MapRequest.KeepPointNumbers => KeepNumbers(),
                _ => _modules.Find(module => module.Id == index) is { } found ? Describe(found, request) : 0,
            };
        }
    }

    private int KeepNumbers()
    {
        KeepPointNumbers();
        return 1;
    }

    private nint Describe(MappedModule module, MapRequest request) => request switch
    {
        MapRequest.ModuleStart => module.FirstPoint,
        MapRequest.ModulePointCount => module.PointCount,
        MapRequest.ModuleRegion => _regions.IndexOf(module),
        MapRequest.ModulePoints => module.Points?.Address ?? 0,
        MapRequest.ModulePointsLength => module.Points?.Length ?? 0,
        MapRequest.ModuleCompares => module.Compares?.Address ?? 0,
        MapRequest.ModuleComparesLength => (nint)(module.Compares?.Size ?? 0),
        MapRequest.ModuleGate => module.Gate,
        MapRequest.ModuleSequences => module.Sequences?.Address ?? 0,
        MapRequest.ModuleSequencesLength => (nint)(module.Sequences?.Size ?? 0),
        MapRequest.ModuleFirstSite => module.FirstSite,
        MapRequest.ModuleIdentityHigh => (int)(module.Identity >> 32),
        MapRequest.ModuleIdentityLow => (int)module.Identity,
        MapRequest.ModulePath => module.PathText == 0 ? module.PathText = Marshal.StringToCoTaskMemUTF8(module.Path) : module.PathText,
        MapRequest.ModuleOriginalPath => module.OriginalPathText == 0
            ? module.OriginalPathText = Marshal.StringToCoTaskMemUTF8(_file?.OriginalPathOf(module.Identity))
            : module.OriginalPathText,
        _ => 0,
    };

    private int PointCount(int regionIndex)
    {
        int count = 0;
        foreach (MappedModule module in _modules)
        {
            count += regionIndex < 0 || _regions.IndexOf(module) == regionIndex ? module.PointCount : 0;
        }

        return count;
    }

    // Pages of a file are somebody's already, and memory of the portable way begins and ends anywhere.
    private int RegionPages(int index) =>
        _space is LinuxAddressSpace && _regions.Find(index) is { Size: RegionTable.RegionSize } region && !(index == 0 && _file is not null) ? region.Size : 0;

    private int Reset(int regionIndex)
    {
        for (int i = 0; i < _regions.Count; i++)
        {
            if (regionIndex < 0 || i == regionIndex)
            {
                Clear(_regions[i]);
            }
        }

        if (regionIndex < 0)
        {
            _retired.Clear();
        }

        return 1;
    }

    private void Clear(MapRegion region)
    {
        new Span<byte>(_space.Start + region.Start, region.Used).Clear();
        foreach (MappedModule module in region.Modules)
        {
            module.Flags?.Clear();
            module.Cleared = null;
        }
    }

    private nint GuardNumber(nint guard)
    {
        foreach (MappedModule module in _modules)
        {
            if (module.Guards is { } guards && guard >= guards.Address && guard - guards.Address < module.PointCount * (long)sizeof(uint))
            {
                return module.FirstPoint + (int)((guard - guards.Address) / sizeof(uint)) + 1;
            }
        }

        return 0;
    }

    /// <summary>Guards of a module that was initialised before there was a host: they get numbers and counters, but nobody knows their PCs.</summary>
    private nint NumberForeignGuards(int count) =>
        count > 0 && FindOrAdd(AssemblyLoadContext.Default, ++_lastForeignIdentity, count, null, string.Empty) is { } module
            ? module.FirstPoint + 1
            : 0;
}
