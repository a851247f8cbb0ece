using Edgewise.Runtime.Dump;
using Edgewise.Runtime.Formats;
using Edgewise.Sancov.Legacy;

namespace Edgewise.Tests.Runtime.Dump;

/// <summary>What a run leaves in the formats of 2016, read back.</summary>
public sealed class LegacyDumpTests : IDisposable
{
    private const DumpFormats All = DumpFormats.Bitset | DumpFormats.Counters | DumpFormats.Packed | DumpFormats.Raw;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Bitset_and_counters_hold_all_points_of_every_module_even_one_that_never_ran()
    {
        RunRecord run = Write(All, new DumpModule(PointSets.Plain(5, "A.dll", 1), "", [1, 0, 3, 5, 200]), new DumpModule(PointSets.Plain(3, "B.dll", 2), "", new byte[3]));

        Assert.Equal("10111", File.ReadAllText(_folder.File("A.dll.42.bitset-sancov")));
        Assert.Equal("000", File.ReadAllText(_folder.File("B.dll.42.bitset-sancov")));
        Assert.Equal([1, 0, 4, 8, 128], File.ReadAllBytes(_folder.File("A.dll.42.counters-sancov")));
        Assert.Equal([0, 0, 0], File.ReadAllBytes(_folder.File("B.dll.42.counters-sancov")));
        Assert.Equal(
            ["A.dll.42.bitset-sancov", "A.dll.42.counters-sancov", "B.dll.42.bitset-sancov", "B.dll.42.counters-sancov", "42.sancov.packed", "42.sancov.map", "42.sancov.raw"],
            run.Files);
    }

    [Fact]
    public void Packed_and_raw_give_back_the_very_sancov_files()
    {
        Write(All, new DumpModule(PointSets.Plain(5, "A.dll", 1), "", [1, 0, 3, 5, 200]), new DumpModule(PointSets.Plain(3, "B.dll", 2), "", [0, 0, 1]), new DumpModule(PointSets.Plain(1, "C.dll", 3), "", [0]));

        foreach (IReadOnlyList<UnpackedSancov> files in new[] { PackedReader.Read(_folder.File("42.sancov.packed")), RawReader.Read(_folder.File("42.sancov.raw"), []) })
        {
            Assert.Equal(["A.dll.42.sancov", "B.dll.42.sancov"], files.Select(file => file.FileName));
            Assert.All(files, file => Assert.Equal(File.ReadAllBytes(_folder.File(file.FileName)), file.Content));
        }
    }

    [Fact]
    public void Every_module_has_a_base_of_its_own_in_the_map()
    {
        Write(DumpFormats.Raw, new DumpModule(PointSets.Plain(2, "A.dll", 1), "", [0, 1]), new DumpModule(PointSets.Plain(1, "B b.dll", 2), "", [1]));

        Assert.Equal("64\n100000000 10000205b 100000000 A.dll\n200000000 200002051 200000000 B b.dll\n", File.ReadAllText(_folder.File("42.sancov.map")));
        Assert.Equal([0UL, 0x10000205aUL, 0x200002050UL], System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ulong>(File.ReadAllBytes(_folder.File("42.sancov.raw"))).ToArray());
    }

    [Fact]
    public void Two_modules_with_one_simple_name_have_files_of_their_own_in_every_format()
    {
        RunRecord run = Write(All, new DumpModule(PointSets.Plain(2, "A.dll", 1), "", [1, 0]), new DumpModule(PointSets.Plain(2, "A.dll", 2), "", [0, 1]));

        string second = run.Modules[1].SancovFile!;
        Assert.Equal("A.dll.42.sancov", run.Modules[0].SancovFile);
        Assert.Equal("10", File.ReadAllText(_folder.File("A.dll.42.bitset-sancov")));
        Assert.Equal("01", File.ReadAllText(_folder.File(second.Replace(".42.sancov", ".42.bitset-sancov", StringComparison.Ordinal))));
        Assert.Equal(["A.dll.42.sancov", second], PackedReader.Read(_folder.File("42.sancov.packed")).Select(file => file.FileName));
        Assert.Equal(["A.dll.42.sancov", second], RawReader.Read(_folder.File("42.sancov.raw"), []).Select(file => file.FileName));
    }

    [Fact]
    public void Two_modules_with_one_name_too_long_for_a_file_are_told_apart()
    {
        string name = new string('n', 300) + ".dll";

        RunRecord run = Write(All, new DumpModule(PointSets.Plain(2, name, 1), "", [1, 0]), new DumpModule(PointSets.Plain(2, name, 2), "", [0, 1]));

        Assert.Equal([0x2050UL], SancovFile.Read(_folder.File(run.Modules[0].SancovFile!)));
        Assert.Equal([0x205aUL], SancovFile.Read(_folder.File(run.Modules[1].SancovFile!)));
    }

    [Fact]
    public void A_trace_names_points_over_all_modules_and_leaves_a_file_a_thread()
    {
        DumpModule[] modules =
        [
            // Registered later, but with lower numbers; and another region, far behind.
            new(PointSets.Plain(2, "Far.dll", 2), "/app/Far.dll", [1, 0]) { FirstPoint = 16 << 20 },
            new(PointSets.Plain(3, "Near.dll", 1), "/app/Near.dll", [1, 1, 0]) { FirstPoint = 0 },
        ];
        var flow = new RecordedFlow([], [new ThreadTrace(1, [0, 1, 1, 16 << 20, 99], 7), new ThreadTrace(2, [1], 0)]);

        RunRecord run = DumpWriter.Write(_folder.Path, Run, modules, null, flow);

        LegacyTrace first = LegacyTrace.Read(_folder.File("trace-events.42.sancov")), second = LegacyTrace.Read(_folder.File("trace-events.42-2.sancov"));
        Assert.Equal(["/app/Near.dll 0x2050", "/app/Near.dll 0x205a", "<unknown> 0x0", "/app/Far.dll 0x2050", "<unknown> 0x0"], first.Points.Select(point => point.Line()));
        Assert.Equal(["Near.dll", "Far.dll"], first.Units);
        Assert.Equal([0, 1, 1, 3], first.Events);
        Assert.Equal([1], second.Events);
        // Seven beyond the bound, and one of a point that nobody knows.
        Assert.Equal(8, run.LostEventCount);
        Assert.Equal(8, RunFile.Read(_folder.File("run.42.json")).LostEventCount);
        Assert.Equal(["trace-points.42.sancov", "trace-compunits.42.sancov", "trace-events.42.sancov", "trace-events.42-2.sancov"], run.Files);
    }

    [Fact]
    public void Paths_lose_what_stands_before_and_in_the_prefix()
    {
        var flow = new RecordedFlow([new CallPair(new CodePlace("/home/me/app/./A.dll", 0x10), CodePlace.Unknown)], []);

        DumpWriter.Write(_folder.Path, Run, [], new DumpOptions { StripPathPrefix = "app/" }, flow);

        Assert.Equal("A.dll 0x10\n<unknown> 0x0\n", File.ReadAllText(_folder.File("caller-callee.42.sancov")));
    }

    [Fact]
    public void A_path_cannot_break_a_line()
    {
        DumpWriter.Write(_folder.Path, Run, [], null, new RecordedFlow([new CallPair(new CodePlace("/a\n/b 0x1", 1), CodePlace.Unknown)], []));

        Assert.Equal([new CallPair(new CodePlace("/a?/b 0x1", 1), CodePlace.Unknown)], LegacyCalls.Read(_folder.File("caller-callee.42.sancov")).Pairs);
    }

    [Fact]
    public void A_process_id_that_comes_again_replaces_whole_files_and_claims_no_other()
    {
        Write(All, new DumpModule(PointSets.Plain(50, "A.dll", 1), "", [.. Enumerable.Repeat((byte)1, 50)]));

        RunRecord again = Write(DumpFormats.None, new DumpModule(PointSets.Plain(50, "A.dll", 1), "", [1, .. new byte[49]]));

        // No tail of the longer file, and what the earlier process left in other formats is none of this run's files.
        Assert.Equal([0x2050UL], SancovFile.Read(_folder.File("A.dll.42.sancov")));
        Assert.Empty(RunFile.Read(_folder.File("run.42.json")).Files);
        Assert.Empty(again.Files);
        Assert.Equal(50, File.ReadAllBytes(_folder.File("A.dll.42.bitset-sancov")).Length);
    }

    [Fact]
    public void Dumps_of_several_threads_at_once_leave_whole_files()
    {
        PointSet points = PointSets.Plain(500, "A.dll", 1);

        Parallel.For(0, 24, i => DumpWriter.Write(
            _folder.Path, Run, [new DumpModule(points, "", [.. Enumerable.Repeat((byte)(i % 2), 500)]), new DumpModule(PointSets.Plain(1), "", [1])], new DumpOptions { Formats = All }));

        Assert.Contains(File.ReadAllText(_folder.File("A.dll.42.bitset-sancov")), new[] { new string('0', 500), new string('1', 500) });
        Assert.Equal(500, SancovFile.Read(_folder.File("A.dll.42.sancov")).Length);
        Assert.DoesNotContain(_folder.Names(), name => name.EndsWith(".tmp", StringComparison.Ordinal));
        Assert.Equal(2, RunFile.Read(_folder.File("run.42.json")).Modules.Count);
    }

    private static RunRecord Run => new() { ToolVersion = "1", Program = "/app/A.dll", Arguments = [], ProcessId = 42, End = new RunEnd(RunEndKind.Exit, 0) };

    private RunRecord Write(DumpFormats formats, params DumpModule[] modules) => DumpWriter.Write(_folder.Path, Run, modules, new DumpOptions { Formats = formats });
}
