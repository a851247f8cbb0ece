extern alias runtime;

using System.Runtime.Loader;
using Edgewise.Runtime;
using Edgewise.Supervision.Memory;
using Edgewise.Tests.Hosting;

namespace Edgewise.Tests.Runtime;

using StartupHook = runtime::StartupHook;

public sealed unsafe class SanitizerCoverageTests
{
    private static long _lastIdentity = 0x5AC0;

    private readonly Func<RuntimeTypeHandle, long, int, int, nint> _register;

    public SanitizerCoverageTests()
    {
        Host.Install();
        _register = (Func<RuntimeTypeHandle, long, int, int, nint>)AppContext.GetData(Registration.Key)!;
    }

    [Fact]
    public void Trace_pc_counts_its_point_up_to_255()
    {
        byte* counters = Register(RegistrationKind.Counters, 3, out int first);

        for (int i = 0; i < 300; i++)
        {
            SanitizerCoverage.TracePc(first + 1);
        }

        SanitizerCoverage.TracePc(first + 2);
        Assert.Equal((0, 255, 1), (counters[0], counters[1], counters[2]));
    }

    [Fact]
    public void Guards_get_one_more_than_the_number_of_their_point()
    {
        uint* guards = (uint*)Register(RegistrationKind.Guards, 4, out int first);

        SanitizerCoverage.TracePcGuardInit(guards, guards + 4);

        Assert.Equal([first + 1, first + 2, first + 3, first + 4], new Span<uint>(guards, 4).ToArray().Select(guard => (int)guard));
    }

    [Fact]
    public void A_second_init_leaves_guards_as_they_are()
    {
        uint* guards = (uint*)Register(RegistrationKind.Guards, 2, out int first);
        SanitizerCoverage.TracePcGuardInit(guards, guards);
        Assert.Equal(0u, guards[0]);
        SanitizerCoverage.TracePcGuardInit(guards, guards + 2);
        guards[1] = 0;

        SanitizerCoverage.TracePcGuardInit(guards, guards + 2);

        Assert.Equal(((uint)first + 1, 0u), (guards[0], guards[1]));
    }

    [Fact]
    public void A_passed_guard_counts_its_point_and_a_guard_of_zero_counts_nothing()
    {
        long identity = Interlocked.Increment(ref _lastIdentity);
        uint* guards = (uint*)Ask(identity, RegistrationKind.Guards, 3);
        byte* counters = (byte*)Ask(identity, RegistrationKind.Counters, 3);
        SanitizerCoverage.TracePcGuardInit(guards, guards + 3);
        guards[2] = 0;

        SanitizerCoverage.TracePcGuard(guards + 1, 0);
        SanitizerCoverage.TracePcGuard(guards + 2, 0);

        Assert.Equal([0, 1, 0], new Span<byte>(counters, 3).ToArray());
    }

    [Fact]
    public void Guards_in_memory_of_their_own_get_numbers_and_counters_too()
    {
        uint* guards = stackalloc uint[3];
        new Span<uint>(guards, 3).Clear();
        SanitizerCoverage.TracePcGuardInit(guards, guards + 3);
        int before = OwnRegion.CoveredCount;

        SanitizerCoverage.TracePcGuard(guards + 2, 0);

        Assert.Equal((guards[0] + 1, guards[0] + 2), (guards[1], guards[2]));
        Assert.Equal(1, OwnRegion.CoveredCount - before);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    [InlineData(0x70000000)]
    public void A_number_of_no_module_counts_nothing(int point)
    {
        _ = Register(RegistrationKind.Counters, 3, out _);
        byte[] before = OwnRegion.Snapshot();

        SanitizerCoverage.TracePc(point);

        Assert.Equal(before, OwnRegion.Snapshot());
    }

    [Fact]
    public void Callbacks_allocate_nothing()
    {
        uint* guards = (uint*)Register(RegistrationKind.Guards, 1, out int first);
        SanitizerCoverage.TracePcGuardInit(guards, guards + 1);
        SanitizerCoverage.TracePc(first);
        SanitizerCoverage.TracePcGuard(guards, first);

        Assert.Equal(0, Allocated(guards, first));
    }

    [Fact]
    public void An_instrumented_assembly_is_attached_as_it_loads_and_listed_with_its_points()
    {
        var module = new EmittedModule("Attached", 5, hash: 0x31);
        var context = new AssemblyLoadContext("attached");
        System.Reflection.Assembly assembly = context.LoadFromStream(new MemoryStream(module.BuildLibrary()));
        CoverageModule listed = Coverage.Modules.Single(candidate => candidate.Identity == module.Points.Identity);

        assembly.GetType("Code")!.GetMethod("Hit")!.Invoke(null, [3]);

        Assert.True(Coverage.IsAvailable);
        Assert.Equal(("Attached.dll", 5, 1), (listed.Name, listed.PointCount, listed.CoveredCount));
        Assert.Equal([0, 0, 0, 1, 0], listed.Counters.ToArray());
        PointSets.AssertEqual(module.Points, listed.PointSet!);
    }

    [Fact]
    public void The_region_of_a_context_is_measured_and_reset_apart()
    {
        byte[] image = new EmittedModule("Apart", 5, hash: 0x32).BuildLibrary();
        var first = new AssemblyLoadContext("first");
        var second = new AssemblyLoadContext("second");
        Hit(first, image, 1, 4);
        Hit(second, image, 2);
        CoverageRegion measured = Coverage.RegionOf(first)!.Value, other = Coverage.RegionOf(second)!.Value;
        Assert.Equal((2, 1, 5), (measured.CoveredCount, other.CoveredCount, measured.PointCount));
        Assert.Equal([0, 1, 0, 0, 1], measured.Snapshot());

        measured.Reset();

        Assert.Equal((0, 1), (measured.CoveredCount, other.CoveredCount));
        Assert.Null(Coverage.RegionOf(new AssemblyLoadContext("nothing instrumented")));
    }

    [Fact]
    public void The_pages_of_a_region_can_be_taken_into_a_file_while_code_counts_in_them()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "elsewhere a region has no pages of its own");
        var context = new AssemblyLoadContext("paged");
        byte[] image = new EmittedModule("Paged", 5, hash: 0x33).BuildLibrary();
        System.Reflection.MethodInfo hit = context.LoadFromStream(new MemoryStream(image)).GetType("Code")!.GetMethod("Hit")!;
        hit.Invoke(null, [1]);
        CoverageRegion region = Coverage.RegionOf(context)!.Value;
        using SharedFile file = SharedFile.Create("edgewise-test", 100);
        byte[] seen = new byte[5];

        long offset;
        fixed (byte* pages = region.Pages)
        {
            offset = file.TryTakeIn(pages, region.Pages.Length);
        }

        hit.Invoke(null, [4]);
        file.Read(offset, seen);

        Assert.Equal([0, 1, 0, 0, 1], seen);
        Assert.Equal(seen, region.Snapshot());
    }

    [Fact]
    public void A_further_copy_of_the_runtime_works_through_the_first()
    {
        byte* counters = Register(RegistrationKind.Counters, 2, out int first);
        var context = new AssemblyLoadContext("copy");
        System.Reflection.Assembly copy = context.LoadFromStream(new MemoryStream(File.ReadAllBytes(typeof(Host).Assembly.Location)));
        copy.GetType(typeof(Host).FullName!)!.GetMethod(nameof(Host.Install))!.Invoke(null, null);

        copy.GetType(typeof(SanitizerCoverage).FullName!)!.GetMethod(nameof(SanitizerCoverage.TracePc))!.Invoke(null, [first + 1]);

        Assert.NotEqual(typeof(Host).Assembly, copy);
        Assert.Equal((0, 1), (counters[0], counters[1]));
        Assert.Equal(true, copy.GetType(typeof(Coverage).FullName!)!.GetProperty(nameof(Coverage.IsAvailable))!.GetValue(null));
    }

    [Fact]
    public void The_hook_leaves_other_hooks_in_the_list()
    {
        char separator = Path.PathSeparator;
        string own = typeof(Host).Assembly.Location;

        Assert.Null(StartupHook.WithoutThis(own));
        Assert.Null(StartupHook.WithoutThis(null));
        Assert.Equal("/a/Other.dll", StartupHook.WithoutThis($"{own}{separator}/a/Other.dll"));
        Assert.Equal($"Named{separator}/b.dll", StartupHook.WithoutThis($"Named{separator}/else/Edgewise.Runtime.dll{separator}{separator}/b.dll"));
    }

    /// <summary>Other tests load modules into contexts of their own while these run.</summary>
    private static CoverageRegion OwnRegion => Coverage.RegionOf(AssemblyLoadContext.Default)!.Value;

    private static void Hit(AssemblyLoadContext context, byte[] image, params int[] points)
    {
        System.Reflection.MethodInfo hit = context.LoadFromStream(new MemoryStream(image)).GetType("Code")!.GetMethod("Hit")!;
        foreach (int point in points)
        {
            hit.Invoke(null, [point]);
        }
    }

    private static long Allocated(uint* guards, int first) => AllocatedBytes.LeastOfFive(() =>
    {
        for (int i = 0; i < 10_000; i++)
        {
            SanitizerCoverage.TracePc(first);
            SanitizerCoverage.TracePcGuard(guards, first);
        }
    });

    private byte* Register(RegistrationKind kind, int count, out int first)
    {
        long identity = Interlocked.Increment(ref _lastIdentity);
        nint memory = Ask(identity, kind, count);
        first = (int)Ask(identity, RegistrationKind.FirstPoint, count);
        return (byte*)memory;
    }

    private nint Ask(long identity, RegistrationKind kind, int count) =>
        _register(typeof(SanitizerCoverageTests).TypeHandle, identity, (int)kind, count);
}
