using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Edgewise.Runtime;
using Edgewise.Runtime.Formats;
using Edgewise.Runtime.Map;
using Edgewise.Runtime.Platform;

namespace Edgewise.Tests.Runtime;

public sealed unsafe class CoverageMapTests : IDisposable
{
    private readonly List<AddressSpace> _spaces = [];

    public void Dispose() => _spaces.ForEach(space => space.Release());

    [Fact]
    public void On_linux_the_map_lies_below_two_gigabytes()
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
        {
            Assert.Skip("only 64-bit Linux places the map");
        }

        CoverageMap map = NewMap();

        nint address = map.Register(typeof(CoverageMapTests), 1, RegistrationKind.Counters, 10);

        Assert.InRange(address, 16 << 20, int.MaxValue);
    }

    [Fact]
    public void Modules_of_a_context_lie_without_a_gap_and_number_their_points_from_zero()
    {
        CoverageMap map = NewMap();

        nint first = map.Register(typeof(CoverageMapTests), 1, RegistrationKind.Counters, 10);
        nint second = map.Register(typeof(CoverageMapTests), 2, RegistrationKind.Counters, 5);

        Assert.Equal(0, map.Register(typeof(CoverageMapTests), 1, RegistrationKind.FirstPoint, 10));
        Assert.Equal(10, map.Register(typeof(CoverageMapTests), 2, RegistrationKind.FirstPoint, 5));
        Assert.Equal(10, second - first);
        Assert.Equal(15, map.Answer(MapRequest.PointCount, 0, -1));
    }

    [Fact]
    public void Asking_again_gives_the_same_memory()
    {
        CoverageMap map = NewMap();
        nint counters = map.Register(typeof(CoverageMapTests), 1, RegistrationKind.Counters, 10);
        nint guards = map.Register(typeof(CoverageMapTests), 1, RegistrationKind.Guards, 10);

        Assert.Equal(counters, map.Register(typeof(CoverageMapTests), 1, RegistrationKind.Counters, 10));
        Assert.Equal(guards, map.Register(typeof(CoverageMapTests), 1, RegistrationKind.Guards, 10));
    }

    [Fact]
    public void Flags_take_the_slice_unless_the_module_has_counters_too()
    {
        CoverageMap map = NewMap();
        nint alone = map.Register(typeof(CoverageMapTests), 1, RegistrationKind.Flags, 10);
        nint counters = map.Register(typeof(CoverageMapTests), 2, RegistrationKind.Counters, 10);
        nint beside = map.Register(typeof(CoverageMapTests), 2, RegistrationKind.Flags, 10);

        Assert.Equal(map.Answer(MapRequest.Start, 0, 0), alone);
        Assert.Equal(alone + 10, counters);
        Assert.False(beside >= alone && beside < alone + RegionTable.RegionSize);
    }

    [Fact]
    public void Reset_clears_counters_and_flags_of_its_region_alone()
    {
        CoverageMap map = NewMap();
        var context = new AssemblyLoadContext("other");
        byte* here = (byte*)map.Register(typeof(CoverageMapTests), 1, RegistrationKind.Counters, 4);
        byte* flags = (byte*)map.Register(typeof(CoverageMapTests), 1, RegistrationKind.Flags, 4);
        byte* there = (byte*)map.Register(LoadInto(context), 1, RegistrationKind.Counters, 4);
        here[1] = flags[3] = there[2] = 1;

        map.Answer(MapRequest.Reset, 0, 0);

        Assert.Equal((0, 0, 1), (here[1], flags[3], there[2]));
        map.Answer(MapRequest.Reset, 0, -1);
        Assert.Equal(0, there[2]);
    }

    [Fact]
    public void Each_load_context_has_a_region_of_its_own()
    {
        CoverageMap map = NewMap();
        var context = new AssemblyLoadContext("other");
        nint here = map.Register(typeof(CoverageMapTests), 1, RegistrationKind.Counters, 10);
        nint there = map.Register(LoadInto(context), 1, RegistrationKind.Counters, 10);

        Assert.Equal(RegionTable.RegionSize, there - here);
        Assert.Equal(2, map.Answer(MapRequest.RegionCount, 0, 0));
        Assert.Equal(10, map.Answer(MapRequest.PointCount, 0, 1));
    }

    [Fact]
    public void A_region_is_used_again_only_when_its_context_is_collected_and_then_reads_zero()
    {
        CoverageMap map = NewMap();
        (nint used, WeakReference gone) = UseAndUnload(map);
        nint meanwhile = map.Register(LoadInto(new AssemblyLoadContext("meanwhile")), 2, RegistrationKind.Counters, 10);
        Assert.NotEqual(used, meanwhile);
        Collect(gone);

        byte* again = (byte*)map.Register(LoadInto(new AssemblyLoadContext("again")), 3, RegistrationKind.Counters, 10);

        Assert.Equal(used, (nint)again);
        Assert.All(new Span<byte>(again, 10).ToArray(), counter => Assert.Equal(0, counter));
    }

    [Fact]
    public void What_a_collected_module_reached_is_still_dumped_and_united_with_its_next_copy()
    {
        CoverageMap map = NewMap();
        byte[] library = new EmittedModule("Gone", 4).BuildLibrary();
        Collect(HitAndUnload(map, library, 1));
        Collect(HitAndUnload(map, library, 2));
        Type last = new AssemblyLoadContext("last", isCollectible: true).LoadFromStream(new MemoryStream(library)).GetType(Registration.HolderName)!;
        map.Register(last, PointSets.Plain(4).Identity, RegistrationKind.Counters, 4);

        List<(WrittenPoints Points, string Path, byte[] Counters, int FirstPoint, int FirstSite)> all = map.Collect();

        Assert.Equal([[0, 1, 1, 0], [0, 0, 0, 0]], all.Select(module => module.Counters));
        Assert.All(all, module => Assert.Equal("Gone.dll", module.Points.Header.ModuleName));
    }

    [Fact]
    public void When_the_address_space_is_used_up_further_contexts_share_the_last_region_and_lose_nothing()
    {
        CoverageMap map = NewMap();
        var addresses = new List<nint>();
        for (int i = 0; i < 6; i++)
        {
            addresses.Add(map.Register(LoadInto(new AssemblyLoadContext($"number {i}")), i, RegistrationKind.Counters, 100));
        }

        Assert.Equal(6, addresses.Distinct().Count());
        Assert.Equal((4, 600), ((int)map.Answer(MapRequest.RegionCount, 0, 0), (int)map.Answer(MapRequest.PointCount, 0, -1)));
        Assert.Equal(100, addresses[5] - addresses[4]);
    }

    [Fact]
    public void A_module_too_large_for_a_region_gets_nothing_and_numbers_that_count_nowhere()
    {
        CoverageMap map = NewMap();

        Assert.Equal(0, map.Register(typeof(CoverageMapTests), 1, RegistrationKind.Counters, RegionTable.RegionSize + 1));
        Assert.Equal(CoverageMap.Nowhere, map.Register(typeof(CoverageMapTests), 1, RegistrationKind.FirstPoint, RegionTable.RegionSize + 1));
        Assert.Equal(0, map.Register(typeof(CoverageMapTests), 1, RegistrationKind.Counters, -1));
        Assert.Equal(0, map.Register(typeof(CoverageMapTests), 1, (RegistrationKind)99, 1));
    }

    [Fact]
    public void Modules_that_register_at_the_same_time_get_slices_apart()
    {
        CoverageMap map = NewMap();
        nint[] addresses = new nint[400];

        Parallel.For(0, addresses.Length, i => addresses[i] = map.Register(typeof(CoverageMapTests), i % 100, RegistrationKind.Counters, 1000));

        Assert.Equal(100, addresses.Distinct().Count());
        Assert.All(addresses.Distinct().Order().Zip(addresses.Distinct().Order().Skip(1)), pair => Assert.Equal(1000, pair.Second - pair.First));
    }

    [Fact]
    public void All_memory_up_to_the_limit_can_be_touched()
    {
        CoverageMap map = NewMap();
        map.Register(typeof(CoverageMapTests), 1, RegistrationKind.Counters, 10);
        int limit = *(int*)map.Answer(MapRequest.Limit, 0, 0);
        byte* start = (byte*)map.Answer(MapRequest.Start, 0, 0);

        start[limit - 1]++;

        Assert.Equal((RegionTable.RegionSize, 1), (limit, start[limit - 1]));
    }

    [Fact]
    public void Requests_of_a_later_build_are_answered_by_zero() =>
        Assert.Equal(0, NewMap().Answer((MapRequest)5000, 1, 1));

    [Fact]
    public void The_portable_way_gives_usable_memory_too()
    {
        var map = new CoverageMap(PortableAddressSpace.TryAllocate()!);

        byte* counters = (byte*)map.Register(typeof(CoverageMapTests), 1, RegistrationKind.Counters, 10);
        counters[9]++;

        Assert.Equal(1, ((byte*)map.Answer(MapRequest.Start, 0, 0))[9]);
    }

    /// <summary>A map with room for four contexts.</summary>
    private CoverageMap NewMap()
    {
        _spaces.Add(AddressSpace.Reserve(4L * RegionTable.RegionSize)!);
        return new CoverageMap(_spaces[^1]);
    }

    private static Type LoadInto(AssemblyLoadContext context) =>
        context.LoadFromAssemblyPath(typeof(Mono.Cecil.ModuleDefinition).Assembly.Location).GetType("Mono.Cecil.ModuleDefinition")!;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (nint Address, WeakReference Gone) UseAndUnload(CoverageMap map)
    {
        var context = new AssemblyLoadContext("used", isCollectible: true);
        byte* counters = (byte*)map.Register(LoadInto(context), 1, RegistrationKind.Counters, 10);
        counters[3] = 7;
        context.Unload();
        return ((nint)counters, new WeakReference(context, trackResurrection: true));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference HitAndUnload(CoverageMap map, byte[] library, int point)
    {
        var context = new AssemblyLoadContext("hit", isCollectible: true);
        Type holder = context.LoadFromStream(new MemoryStream(library)).GetType(Registration.HolderName)!;
        byte* counters = (byte*)map.Register(holder, PointSets.Plain(4).Identity, RegistrationKind.Counters, 4);
        counters[point]++;
        context.Unload();
        return new WeakReference(context, trackResurrection: true);
    }

    private static void Collect(WeakReference gone)
    {
        for (int i = 0; i < 20 && gone.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(gone.IsAlive);
    }
}
