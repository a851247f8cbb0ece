using Edgewise.Runtime;
using Edgewise.Runtime.Dump;
using Edgewise.Runtime.Formats;
using Edgewise.Runtime.Map;
using Edgewise.Runtime.Options;

namespace Edgewise.Tests.Runtime;

public sealed unsafe class DumpWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_leaves_hit_pcs_point_sets_and_a_record()
    {
        PointSet hit = PointSets.Plain(4, "Hit.dll", 1), missed = PointSets.Plain(3, "Missed.dll", 2);

        RunRecord written = DumpWriter.Write(_folder.Path, Run(42), [new DumpModule(hit, "/app/Hit.dll", [0, 9, 0, 255]), new DumpModule(missed, "", new byte[3])]);

        Assert.Equal(
            ["Hit.dll.0101010101010101.points", "Hit.dll.42.sancov", "Missed.dll.0202020202020202.points", "run.42.json"], _folder.Names());
        Assert.Equal([0x205aUL, 0x206eUL], SancovFile.Read(_folder.File("Hit.dll.42.sancov")));
        PointSets.AssertEqual(hit, PointSetCodec.Read(File.ReadAllBytes(_folder.File("Hit.dll.0101010101010101.points")), "x"));
        Assert.Equal([("Hit.dll", 4, 2, "Hit.dll.42.sancov"), ("Missed.dll", 3, 0, null)], written.Modules.Select(module => (module.Name, module.PointCount, module.CoveredCount, module.SancovFile)));
    }

    [Fact]
    public void The_record_comes_back_as_it_was_written()
    {
        RunRecord run = Run(7) with { End = new RunEnd(RunEndKind.UnhandledException, 0, "System.FormatException") };

        RunRecord written = DumpWriter.Write(_folder.Path, run, [new DumpModule(PointSets.Plain(2), "/app/Plain.dll", [1, 0])]);
        RunRecord read = RunFile.Read(_folder.File("run.7.json"));

        Assert.Equal(written with { Arguments = [], Modules = [], Files = [] }, read with { Arguments = [], Modules = [], Files = [] });
        Assert.Equal(["a", "b \"c\"\n"], read.Arguments);
        Assert.Equal(written.Modules, read.Modules);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"version\":1}")]
    [InlineData("{\"version\":2}")]
    [InlineData("{\"version\":\"1\"}")]
    [InlineData("{\"version\":1,\"tool\":null,\"program\":\"\",\"arguments\":[],\"processId\":1,\"end\":{\"kind\":\"Exit\",\"number\":0},\"modules\":[]}")]
    [InlineData("{\"version\":1,\"tool\":\"\",\"program\":\"\",\"arguments\":[1],\"processId\":1,\"end\":{\"kind\":\"Exit\",\"number\":0},\"modules\":[]}")]
    public void A_damaged_record_is_refused_with_its_name(string content)
    {
        File.WriteAllText(_folder.File("run.1.json"), content);

        CoverageFormatException failure = Assert.Throws<CoverageFormatException>(() => RunFile.Read(_folder.File("run.1.json")));

        Assert.StartsWith(_folder.File("run.1.json"), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Copies_of_one_build_in_several_contexts_are_united()
    {
        PointSet points = PointSets.Plain(3);

        RunRecord written = DumpWriter.Write(_folder.Path, Run(1), [new DumpModule(points, "", [1, 0, 0]), new DumpModule(points, "", [0, 0, 200])]);

        Assert.Equal(2, Assert.Single(written.Modules).CoveredCount);
        Assert.Equal([0x2050UL, 0x2064UL], SancovFile.Read(_folder.File("Plain.dll.1.sancov")));
    }

    [Fact]
    public void Two_builds_of_one_name_do_not_overwrite_each_other()
    {
        RunRecord written = DumpWriter.Write(
            _folder.Path, Run(1), [new DumpModule(PointSets.Plain(3, hash: 1), "", [1, 0, 0]), new DumpModule(PointSets.Plain(3, hash: 2), "", [0, 0, 1])]);

        Assert.Equal([0x2050UL], SancovFile.Read(_folder.File(written.Modules[0].SancovFile!)));
        Assert.Equal([0x2064UL], SancovFile.Read(_folder.File(written.Modules[1].SancovFile!)));
        Assert.Equal("Plain.dll.1.sancov", written.Modules[0].SancovFile);
    }

    [Fact]
    public void Another_point_set_of_the_same_original_stands_beside_the_first()
    {
        DumpWriter.Write(_folder.Path, Run(1), [new DumpModule(PointSets.Plain(3), "", [1, 0, 0])]);
        PointSet other = PointSets.Plain(2);
        RunRecord second = DumpWriter.Write(_folder.Path, Run(2), [new DumpModule(other, "", [1, 0])]);
        RunRecord again = DumpWriter.Write(_folder.Path, Run(3), [new DumpModule(other, "", [1, 0])]);

        PointSets.AssertEqual(PointSets.Plain(3), PointSetCodec.Read(File.ReadAllBytes(_folder.File("Plain.dll.abababababababab.points")), "x"));
        PointSets.AssertEqual(other, PointSetCodec.Read(File.ReadAllBytes(_folder.File(second.Modules[0].PointsFile)), "x"));
        Assert.Equal(second.Modules[0].PointsFile, again.Modules[0].PointsFile);
    }

    [Fact]
    public void A_module_whose_name_is_a_path_writes_into_the_folder_alone()
    {
        PointSet points = PointSets.Plain(1, "../../outside.dll");

        DumpWriter.Write(_folder.Path, Run(1), [new DumpModule(points, "", [1])]);

        Assert.Equal([".._.._outside.dll.1.sancov", ".._.._outside.dll.abababababababab.points", "run.1.json"], _folder.Names());
    }

    [Fact]
    public void Counters_of_another_build_are_refused_by_both_hashes()
    {
        using MapFile map = MapFile.Create(_folder.File("a.map"), [new MapModule("Plain.dll", "", PointSets.Plain(1, hash: 0x11).OriginalHash, 5)]);

        CoverageFormatException failure = Assert.Throws<CoverageFormatException>(() => DumpWriter.FromMap(map, _ => PointSets.Plain(5, hash: 0x22)));

        Assert.Contains(new string('1', 64), failure.Message, StringComparison.Ordinal);
        Assert.Contains(new string('2', 64), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_direct_map_whose_process_wrote_nothing_is_read_back_from_its_folder()
    {
        byte[] library = new EmittedModule("Direct", 4).BuildLibrary();
        Type holder = new System.Runtime.Loader.AssemblyLoadContext("direct").LoadFromStream(new MemoryStream(library)).GetType(Registration.HolderName)!;
        CoverageMap map = MapSource.Make(null, new RuntimeOptions { Coverage = true, Direct = true, Directory = _folder.Path }, Assert.Fail, 32L << 20)!;
        ((byte*)map.Register(holder, PointSets.Plain(4).Identity, RegistrationKind.Counters, 4))[2]++;

        RunRecord run = DumpWriter.Recover(_folder.File(FileNames.Map(Environment.ProcessId)));

        Assert.Equal((Environment.ProcessId, RunEnd.Unknown), (run.ProcessId, run.End));
        Assert.Equal([0x2064UL], SancovFile.Read(_folder.File(Assert.Single(run.Modules).SancovFile!)));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_told_and_nothing_is_left()
    {
        File.WriteAllText(_folder.File("file"), "");

        Assert.ThrowsAny<IOException>(() => DumpWriter.Write(_folder.File("file"), Run(1), []));
        Assert.Equal(["file"], _folder.Names());
    }

    private static RunRecord Run(int processId) => new()
    {
        ToolVersion = "1.2.3",
        Program = "/app/Program.dll",
        Arguments = ["a", "b \"c\"\n"],
        ProcessId = processId,
        End = new RunEnd(RunEndKind.Exit, 3),
    };
}
