using Edgewise.Runtime;
using Edgewise.Runtime.Formats;
using Edgewise.Runtime.Map;
using Edgewise.Runtime.Options;

namespace Edgewise.Tests.Runtime;

public sealed unsafe class MapFileTests : IDisposable
{
    private const long AddressSpaceSize = 32L << 20;

    private static readonly byte[] FirstHash = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
    private static readonly byte[] SecondHash = [.. Enumerable.Range(101, 32).Select(i => (byte)i)];

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _notices = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Another_reader_finds_the_modules_and_zero_counters()
    {
        using MapFile made = Create("a.map");

        using MapFile read = MapFile.Open(_folder.File("a.map"));

        Assert.Equal(2, read.Modules.Count);
        Assert.Equal(("First.dll", "/somewhere/First.dll", 100, 0L), Describe(read.Modules[0]));
        Assert.Equal(("Größe.dll", "", 7, 100L), Describe(read.Modules[1]));
        Assert.Equal(SecondHash, read.Modules[1].OriginalHash);
        Assert.Equal(made.ReadCounters(made.Modules[0]), read.ReadCounters(read.Modules[0]));
        Assert.All(read.ReadCounters(read.Modules[0]), counter => Assert.Equal(0, counter));
    }

    [Fact]
    public void Only_the_user_may_read_the_file()
    {
        using MapFile made = Create("a.map");

        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such mode");
        }
        else
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(made.Path));
        }
    }

    [Fact]
    public void What_a_process_counts_in_a_parents_file_the_parent_reads_exactly()
    {
        using MapFile parent = Create("a.map");
        CoverageMap map = MapSource.Make(parent.Path, new RuntimeOptions(), _notices.Add, AddressSpaceSize)!;
        byte* second = (byte*)map.Register(typeof(MapFileTests), Identity(SecondHash), RegistrationKind.Counters, 7);
        byte* first = (byte*)map.Register(typeof(MapFileTests), Identity(FirstHash), RegistrationKind.Counters, 100);
        second[6] = 200;
        first[0] = 3;
        first[99] = 255;

        parent.Refresh();

        Assert.Equal([0, 0, 0, 0, 0, 0, 200], parent.ReadCounters(parent.Modules[1]));
        Assert.Equal((3, 255, 258), (parent.ReadCounters(parent.Modules[0])[0], parent.ReadCounters(parent.Modules[0])[99], parent.ReadCounters(parent.Modules[0]).Sum(counter => counter)));
        Assert.Equal(Environment.ProcessId, parent.ProcessId);
        Assert.True(map.IsParents);
        Assert.Empty(_notices);
    }

    [Fact]
    public void A_module_that_the_parent_does_not_know_counts_in_private_memory()
    {
        using MapFile parent = Create("a.map");
        CoverageMap map = MapSource.Make(parent.Path, new RuntimeOptions(), _notices.Add, AddressSpaceSize)!;

        byte* counters = (byte*)map.Register(typeof(MapFileTests), 77, RegistrationKind.Counters, 10);
        byte* otherCount = (byte*)map.Register(typeof(MapFileTests), Identity(FirstHash), RegistrationKind.Counters, 99);
        counters[9] = otherCount[98] = 1;

        Assert.Equal(0, parent.Modules.Sum(module => parent.ReadCounters(module).Sum(counter => counter)));
        Assert.Equal(2, map.Answer(MapRequest.RegionCount, 0, 0));
    }

    [Fact]
    public void Two_load_contexts_share_the_slice_of_one_build()
    {
        using MapFile parent = Create("a.map");
        CoverageMap map = MapSource.Make(parent.Path, new RuntimeOptions(), _notices.Add, AddressSpaceSize)!;
        var context = new System.Runtime.Loader.AssemblyLoadContext("second");
        Type other = context.LoadFromAssemblyPath(typeof(Mono.Cecil.ModuleDefinition).Assembly.Location).GetTypes()[0];

        nint here = map.Register(typeof(MapFileTests), Identity(FirstHash), RegistrationKind.Counters, 100);
        nint there = map.Register(other, Identity(FirstHash), RegistrationKind.Counters, 100);

        Assert.Equal(here, there);
    }

    [Fact]
    public void A_file_that_is_no_map_gives_private_memory_and_one_line()
    {
        File.WriteAllText(_folder.File("a.map"), "something else");

        CoverageMap map = MapSource.Make(_folder.File("a.map"), new RuntimeOptions(), _notices.Add, AddressSpaceSize)!;
        byte* counters = (byte*)map.Register(typeof(MapFileTests), 1, RegistrationKind.Counters, 10);
        counters[0]++;

        Assert.False(map.IsParents);
        string line = Assert.Single(_notices);
        Assert.Contains("a.map", line, StringComparison.Ordinal);
        Assert.EndsWith("the counters are in private memory and end with the process", line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_gives_private_memory_and_one_line()
    {
        CoverageMap map = MapSource.Make(_folder.File("none.map"), new RuntimeOptions(), _notices.Add, AddressSpaceSize)!;

        Assert.NotEqual(0, map.Register(typeof(MapFileTests), 1, RegistrationKind.Counters, 10));
        Assert.Contains("none.map", Assert.Single(_notices), StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_file_system_is_found_before_anything_is_mapped_and_leaves_no_file()
    {
        using SmallFileSystem small = SmallFileSystem.Mount(kilobytes: 128);

        IOException failure = Assert.Throws<IOException>(() => MapFile.Create(
            Path.Combine(small.Path, "a.map"), [new MapModule("First.dll", "", FirstHash, 1 << 20)]));

        Assert.Contains("no room", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(small.Path));
    }

    [Fact]
    public void A_direct_map_on_a_full_file_system_gives_private_memory_and_one_line()
    {
        using SmallFileSystem small = SmallFileSystem.Mount(kilobytes: 512);

        CoverageMap map = MapSource.Make(null, Direct(small.Path), _notices.Add, AddressSpaceSize)!;
        byte* counters = (byte*)map.Register(typeof(MapFileTests), 1, RegistrationKind.Counters, 10);
        counters[9]++;

        Assert.Contains("no room", Assert.Single(_notices), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(small.Path));
    }

    [Fact]
    public void A_direct_map_that_cannot_grow_keeps_what_it_has_and_goes_on_in_private_memory()
    {
        // The table and the first counters take 2.2 MB.
        using SmallFileSystem small = SmallFileSystem.Mount(kilobytes: 3000);
        CoverageMap map = MapSource.Make(null, Direct(small.Path), _notices.Add, AddressSpaceSize)!;
        byte* first = (byte*)map.Register(typeof(MapFileTests), 1, RegistrationKind.Counters, 1000);

        byte* large = (byte*)map.Register(typeof(MapFileTests), 2, RegistrationKind.Counters, 3 << 20);
        byte* later = (byte*)map.Register(typeof(MapFileTests), 3, RegistrationKind.Counters, 10);
        first[999]++;
        large[(3 << 20) - 1]++;
        later[9]++;

        Assert.Contains("no room", Assert.Single(_notices), StringComparison.Ordinal);
        using MapFile read = MapFile.Open(Path.Combine(small.Path, FileNames.Map(Environment.ProcessId)));
        Assert.Equal(1, read.ReadCounters(Assert.Single(read.Modules))[999]);
    }

    [Fact]
    public void A_direct_map_grows_with_its_modules_and_is_read_back_while_it_does()
    {
        CoverageMap map = MapSource.Make(null, Direct(_folder.Path), _notices.Add, AddressSpaceSize)!;
        using MapFile read = MapFile.Open(_folder.File(FileNames.Map(Environment.ProcessId)));
        Assert.Empty(read.Modules);

        for (int i = 1; i <= 5; i++)
        {
            byte* counters = (byte*)map.Register(typeof(MapFileTests), i, RegistrationKind.Counters, 700_000);
            counters[i] = (byte)i;
            counters[699_999] = 1;
        }

        read.Refresh();
        Assert.Equal([1L, 2, 3, 4, 5], read.Modules.Select(module => module.Identity));
        Assert.Equal([1, 2, 3, 4, 5], read.Modules.Select((module, i) => (int)read.ReadCounters(module)[i + 1]));
        Assert.All(read.Modules, module => Assert.Equal(1, read.ReadCounters(module)[699_999]));
        Assert.Empty(_notices);
    }

    [Fact]
    public void A_map_that_an_earlier_process_of_the_same_number_left_is_kept()
    {
        File.WriteAllText(_folder.File(FileNames.Map(Environment.ProcessId)), "not read back yet");

        _ = MapSource.Make(null, Direct(_folder.Path), _notices.Add, AddressSpaceSize)!;

        Assert.Equal("not read back yet", File.ReadAllText(_folder.File(FileNames.Map(Environment.ProcessId))));
        Assert.Equal(2, _folder.Names().Length);
    }

    [Fact]
    public void The_portable_way_maps_a_parents_file_too()
    {
        using MapFile parent = Create("a.map");
        using MapFile child = MapFile.Open(parent.Path, FileAccess.ReadWrite);
        var space = Edgewise.Runtime.Platform.PortableAddressSpace.Over(child);
        var map = new CoverageMap(space, new MapFileBacking(child, null, _notices.Add));

        byte* second = (byte*)map.Register(typeof(MapFileTests), Identity(SecondHash), RegistrationKind.Counters, 7);
        second[6] = 9;

        Assert.Equal([0, 0, 0, 0, 0, 0, 9], parent.ReadCounters(parent.Modules[1]));
        Assert.Equal(0, map.Register(typeof(MapFileTests), 77, RegistrationKind.Counters, 10));
    }

    [Fact]
    public void Thousands_of_damaged_files_are_refused_with_their_name_or_read_within_their_bounds()
    {
        Create("a.map").Dispose();
        byte[] content = File.ReadAllBytes(_folder.File("a.map"));
        string path = _folder.File("mutant.map");
        var random = new Random(9);
        int refused = 0, read = 0;
        using FileStream mutant = new(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite);
        mutant.Write(content);
        for (int round = 0; round < 5000; round++)
        {
            int at = random.Next(64 + 240);
            byte[] change = new byte[random.Next(1, 9)];
            random.NextBytes(change);
            RandomAccess.Write(mutant.SafeFileHandle, change, at);
            try
            {
                using MapFile map = MapFile.Open(path);
                Assert.All(map.Modules, module => Assert.Equal(module.PointCount, map.ReadCounters(module).Length));
                read++;
            }
            catch (CoverageFormatException failure)
            {
                Assert.StartsWith(path, failure.Message, StringComparison.Ordinal);
                refused++;
            }

            RandomAccess.Write(mutant.SafeFileHandle, content.AsSpan(0, 512), 0);
        }

        Assert.True(refused > 500 && read > 500, $"{refused} refused, {read} read");
    }

    [Fact]
    public void A_truncated_file_is_refused()
    {
        Create("a.map").Dispose();
        using (FileStream file = File.OpenWrite(_folder.File("a.map")))
        {
            file.SetLength(65536);
        }

        CoverageFormatException failure = Assert.Throws<CoverageFormatException>(() => MapFile.Open(_folder.File("a.map")));

        Assert.Contains("in a file of 65536 bytes", failure.Message, StringComparison.Ordinal);
    }

    private MapFile Create(string name) => MapFile.Create(
        _folder.File(name),
        [new MapModule("First.dll", "/somewhere/First.dll", FirstHash, 100), new MapModule("Größe.dll", "", SecondHash, 7)]);

    private static RuntimeOptions Direct(string directory) => new() { Coverage = true, Direct = true, Directory = directory };

    private static long Identity(byte[] hash) => new MapModule("", "", hash, 0).Identity;

    private static (string Name, string Path, int Points, long Offset) Describe(MapModule module) =>
        (module.Name, module.Path, module.PointCount, module.Offset);
}
