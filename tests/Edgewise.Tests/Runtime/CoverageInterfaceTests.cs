using System.Runtime.Loader;
using Edgewise.Runtime;
using Edgewise.Runtime.Map;
using Edgewise.Runtime.Platform;
using Edgewise.Tests.Hosting;

namespace Edgewise.Tests.Runtime;

/// <summary>The calls that take a map of their own; the rest of the interface is asked in a process of its own, see the integration tests.</summary>
public sealed unsafe class CoverageInterfaceTests
{
    // Not below 2 GiB, where there is little room and other tests look for it.
    private readonly Lazy<CoverageMap> _map = new(() => new CoverageMap(PortableAddressSpace.TryAllocate()!));

    private CoverageMap Map => _map.Value;

    [Fact]
    public void Counters_become_bits_of_their_class_and_are_cleared()
    {
        byte* counters = Register("Bits", 12);
        byte[] counts = [0, 1, 2, 3, 4, 8, 16, 32, 128, 7, 31, 255], bits = new byte[12];
        counts.CopyTo(new Span<byte>(counters, 12));

        nint added = Move(bits);

        Assert.Equal(11, added);
        Assert.Equal([0, 1, 2, 4, 8, 16, 32, 64, 128, 8, 32, 128], bits);
        Assert.Equal(new byte[12], new Span<byte>(counters, 12).ToArray());
    }

    [Fact]
    public void Only_bits_that_were_not_set_are_new()
    {
        byte* counters = Register("News", 3);
        byte[] bits = new byte[5];
        (counters[0], counters[2]) = (1, 9);
        Move(bits);
        (counters[0], counters[1], counters[2]) = (2, 1, 15);

        nint added = Move(bits);

        Assert.Equal(2, added);
        Assert.Equal([3, 1, 16, 0, 0], bits);
    }

    [Fact]
    public void Without_a_bitset_counters_are_only_cleared_and_what_was_reached_is_not_forgotten()
    {
        byte* counters = Register("Clear", 4);
        (counters[1], counters[3]) = (200, 3);

        nint added = Move([]);
        counters[1] = 100;
        counters[2] = 1;

        Assert.Equal((0, 3), (added, Map.Answer(MapRequest.UniqueCoverage, 0, 0)));
        Assert.Equal([0, 255, 1, 3], Assert.Single(Map.Collect()).Counters);
        Map.Answer(MapRequest.Reset, 0, -1);
        Assert.Equal(0, Map.Answer(MapRequest.UniqueCoverage, 0, 0));
        Assert.Equal(new byte[4], Assert.Single(Map.Collect()).Counters);
    }

    [Fact]
    public void A_bitset_that_is_too_small_harms_nothing()
    {
        byte* counters = Register("Small", 4);
        counters[2] = 1;
        byte[] bits = new byte[3];

        Assert.Equal(-1, Move(bits));

        Assert.Equal((1, 0), (counters[2], bits.Max()));
    }

    [Fact]
    public void A_bitset_at_an_odd_address_is_as_good_as_any()
    {
        byte* counters = Register("Odd", 9);
        new Span<byte>(counters, 9).Fill(1);
        byte[] bits = new byte[12];

        nint added;
        fixed (byte* start = bits)
        {
            added = Map.Answer(MapRequest.MoveCounters, (nint)(start + 1), 9);
        }

        Assert.Equal(9, added);
        Assert.Equal([0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0], bits);
    }

    [Fact]
    public void The_public_call_refuses_a_small_bitset_with_both_sizes()
    {
        Host.Install();
        var register = (Func<RuntimeTypeHandle, long, int, int, nint>)AppContext.GetData(Registration.Key)!;
        register(typeof(CoverageInterfaceTests).TypeHandle, 0x5AC0_1234, (int)RegistrationKind.Counters, 3);

        ArgumentException failure = Assert.Throws<ArgumentException>(() => CoverageInterface.UpdateCounterBitsetAndClearCounters(new byte[1]));

        Assert.StartsWith("a bitset of 1 bytes; ", failure.Message, StringComparison.Ordinal);
        Assert.InRange(CoverageInterface.CounterCount, 3, int.MaxValue);
    }

    [Fact]
    public void What_an_unloaded_module_reached_before_and_after_a_clear_is_dumped()
    {
        byte[] library = new EmittedModule("Unloaded", 4).BuildLibrary();
        Unload(library);
        for (int i = 0; i < 20; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        // A new context takes over the region, for nothing of the old one is left.
        Register("Next", 2);

        Assert.Equal([0, 1, 1, 0], Map.Collect().Single(module => module.Points.Header.ModuleName == "Unloaded.dll").Counters);
    }

    [Fact]
    public void Once_points_stand_in_a_trace_no_other_point_gets_their_numbers()
    {
        Map.KeepPointNumbers();
        byte[] library = new EmittedModule("Traced", 4).BuildLibrary();
        Unload(library);
        for (int i = 0; i < 20; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Register("After", 2);

        Assert.Equal([0, RegionTable.RegionSize], Map.Collect().Select(module => module.FirstPoint));
    }

    [Theory]
    [InlineData("%p %F %L", "0x100002071 in Shop.Cart.Add /src/Cart.cs:21:9")]
    [InlineData("%m %o %f %q %s %l %c %n%%", "/app/Shop.dll 0x2071 Shop.Cart.Add 0x11 /src/Cart.cs 21 9 0%")]
    [InlineData("%M %S", "(Shop.dll+0x2071) /src/Cart.cs:21:9")]
    [InlineData("", "")]
    public void A_PC_is_written_as_the_format_says(string format, string expected)
    {
        var known = new Edgewise.Runtime.Symbols.SymbolizedPc("/app/Shop.dll", 0x2071, "Shop.Cart.Add", 0x11, "/src/Cart.cs", 21, 9);

        Assert.Equal(expected, Edgewise.Runtime.Symbols.PcFormat.Write(format, 0x100002071, known, ""));
    }

    [Fact]
    public void A_PC_without_lines_has_its_module_and_offset_and_paths_lose_their_prefix()
    {
        var known = new Edgewise.Runtime.Symbols.SymbolizedPc("/app/Shop.dll", 0x2071, "Shop.Cart.Add", 0x11, "", 0, 0);

        Assert.Equal("0x100002071 in Shop.Cart.Add+0x11 (/app/Shop.dll+0x2071)", Edgewise.Runtime.Symbols.PcFormat.Write("%p %F %L", 0x100002071, known, ""));
        Assert.Equal("Shop.dll(Shop.dll+0x2071)", Edgewise.Runtime.Symbols.PcFormat.Write("%m%L", 0x100002071, known, "app/"));
    }

    [Fact]
    public void A_PC_in_no_module_cannot_be_symbolized()
    {
        Assert.Equal("[can't symbolize]", CoverageInterface.SymbolizePc(0x7FFF_0000_1234_0000, "%p %F"));
        Assert.False(CoverageInterface.TryGetModuleAndOffset(5, out string module, out uint offset));
        Assert.Equal(("", 0u), (module, offset));
    }

    [Theory]
    [InlineData("%p %x", "\"%p %x\": %x at 3; one of %p %m %o %f %q %s %l %c %F %S %L %M %n %% expected")]
    [InlineData("100%", "\"100%\": the % at 3 ends the format; a letter expected, or %% for a percent sign")]
    public void A_bad_format_is_an_error_that_names_the_place(string format, string expected) =>
        Assert.Equal(expected, Assert.Throws<FormatException>(() => CoverageInterface.SymbolizePc(5, format)).Message);

    [Fact]
    public void Trace_basic_block_counts_its_point_traces_the_thread_and_allocates_nothing()
    {
        Host.Install();
        var register = (Func<RuntimeTypeHandle, long, int, int, nint>)AppContext.GetData(Registration.Key)!;
        byte* counters = (byte*)register(typeof(CoverageInterfaceTests).TypeHandle, 0x5AC0_4321, (int)RegistrationKind.Counters, 3);
        int first = (int)register(typeof(CoverageInterfaceTests).TypeHandle, 0x5AC0_4321, (int)RegistrationKind.FirstPoint, 3);
        long allocated = -1;
        var thread = new Thread(() =>
        {
            SanitizerCoverage.TraceBasicBlock(first + 2);
            SanitizerCoverage.TraceBasicBlock(first);
            allocated = AllocatedBytes.LeastOfFive(() =>
            {
                for (int i = 0; i < 10_000; i++)
                {
                    SanitizerCoverage.TraceBasicBlock(first + 2);
                }
            });
        });

        thread.Start();
        thread.Join();

        Assert.Equal((0L, 1, 0, 255), (allocated, counters[0], counters[1], counters[2]));
    }

    private static void Hit(CoverageMap map, byte[] library, AssemblyLoadContext context)
    {
        Type holder = context.LoadFromStream(new MemoryStream(library)).GetType(Registration.HolderName)!;
        var counters = (byte*)map.Register(holder, PointSets.Plain(4).Identity, RegistrationKind.Counters, 4);
        counters[1] = 1;
        map.Answer(MapRequest.MoveCounters, 0, 0);
        counters[2] = 1;
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private void Unload(byte[] library)
    {
        var context = new AssemblyLoadContext("unloaded", isCollectible: true);
        Hit(Map, library, context);
        context.Unload();
    }

    private nint Move(byte[] bits)
    {
        fixed (byte* start = bits)
        {
            return Map.Answer(MapRequest.MoveCounters, (nint)start, bits.Length);
        }
    }

    private byte* Register(string name, int count)
    {
        byte[] library = new EmittedModule(name, count, (byte)name.Length).BuildLibrary();
        Type holder = new AssemblyLoadContext(name).LoadFromStream(new MemoryStream(library)).GetType(Registration.HolderName)!;
        return (byte*)Map.Register(holder, PointSets.Plain(count, $"{name}.dll", (byte)name.Length).Identity, RegistrationKind.Counters, count);
    }
}
