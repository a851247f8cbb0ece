using Edgewise.IntegrationTests.Binaries;
using Edgewise.Native;
using Edgewise.Runtime.Formats;
using Edgewise.Sancov.Legacy;
using Edgewise.Tests.Runtime;

namespace Edgewise.IntegrationTests.Native;

/// <summary>Sudden ends, forks, closed objects, threads: what is counted stays, and stays with whom it belongs to.</summary>
public sealed class NativeProcessTests
{
    [Theory]
    [InlineData("inline-8bit-counters,pc-table")]
    [InlineData("inline-bool-flag,pc-table")]
    [InlineData("trace-pc-guard")]
    [InlineData("trace-pc")]
    public void SIGKILL_loses_nothing(string features)
    {
        using var folder = new TemporaryFolder();
        string program = NativePrograms.Build("branches.c", folder.Path, features);

        (int code, _, _) = NativePrograms.Start(program, ["ba", "9"], folder.Path, ("EDGEWISE_OPTIONS", "coverage=1:coverage_direct=1"));

        Assert.Equal(137, code);
        Assert.Equal(["main", "reached_a", "reached_b"], FunctionsOf(program, Path.Combine(folder.Path, "coverage")));
    }

    [Theory]
    [InlineData("inline-8bit-counters,pc-table")]
    [InlineData("trace-pc-guard")]
    public void Rawunpack_makes_files_of_the_map_of_a_killed_process(string features)
    {
        using var folder = new TemporaryFolder();
        string program = NativePrograms.Build("branches.c", folder.Path, features);
        NativePrograms.Start(program, ["ba", "9"], folder.Path, ("EDGEWISE_OPTIONS", "coverage=1:coverage_direct=1"));

        string[] written = ClangBuild.Sancov("rawunpack", Assert.Single(Directory.GetFiles(folder.File("coverage"), "*.edgewise-map")));

        string sancov = Assert.Single(written);
        Assert.Equal(["main", "reached_a", "reached_b"], ClangBuild.Sancov("covered-functions", program, sancov).Select(line => line.Split(' ')[^1]).Order());
    }

    [Theory]
    [InlineData("trace-pc-guard,inline-8bit-counters,pc-table")]
    [InlineData("trace-pc")]
    public void The_files_of_a_killed_process_are_those_that_it_would_have_written(string features)
    {
        using var folder = new TemporaryFolder();
        string program = NativePrograms.Build("branches.c", folder.Path, features);
        NativePrograms.Start(program, ["ab", "15"], folder.Path, ("EDGEWISE_OPTIONS", "coverage=1"));
        NativePrograms.Start(program, ["ab", "9"], folder.Path, ("EDGEWISE_MAP_FILE", folder.File("map")));
        using NativeCoverage coverage = NativeTarget.Attach(folder.File("map"));

        string written = Assert.Single(NativeDump.Write(coverage, folder.File("made")));

        string own = Assert.Single(Directory.GetFiles(folder.File("coverage"), "*.sancov"));
        Assert.Equal($"branches.{coverage.ProcessId}.sancov", Path.GetFileName(written));
        Assert.Equal(File.ReadAllBytes(own), File.ReadAllBytes(written));
        Assert.Equal(File.ReadAllText(Path.ChangeExtension(own, ".buildid")), File.ReadAllText(Path.ChangeExtension(written, ".buildid")));
    }

    [Fact]
    public void Underscore_exit_loses_nothing()
    {
        using var folder = new TemporaryFolder();
        string program = NativePrograms.Build("branches.c", folder.Path, "inline-8bit-counters,pc-table");

        (int code, _, _) = NativePrograms.Start(program, ["c", "_exit"], folder.Path, ("EDGEWISE_OPTIONS", "coverage=1:coverage_direct=1"));

        Assert.Equal(3, code);
        Assert.Equal(["main", "reached_c"], FunctionsOf(program, Path.Combine(folder.Path, "coverage")));
    }

    [Fact]
    public void An_end_that_is_seen_leaves_no_map()
    {
        using var folder = new TemporaryFolder();
        string program = NativePrograms.Build("branches.c", folder.Path, "inline-8bit-counters,pc-table");

        NativePrograms.Start(program, ["c"], folder.Path, ("EDGEWISE_OPTIONS", "coverage=1:coverage_direct=1"));

        Assert.Equal([".buildid", ".map", ".raw", ".sancov"], Directory.GetFiles(folder.File("coverage")).Select(Path.GetExtension).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_pair_of_2016_unpacks_to_the_same_PCs()
    {
        using var folder = new TemporaryFolder();
        string program = NativePrograms.Build("branches.c", folder.Path, "trace-pc-guard");

        NativePrograms.Start(program, ["ab"], folder.Path, ("EDGEWISE_OPTIONS", "coverage=1:coverage_direct=1"));

        string raw = Assert.Single(Directory.GetFiles(folder.File("coverage"), "*.sancov.raw"));
        byte[] unpacked = Assert.Single(RawReader.Read(raw, []), file => file.Module == "branches").Content;
        Assert.Equal(SancovFile.Read(Assert.Single(Directory.GetFiles(folder.File("coverage"), "branches.*.sancov"))), SancovFile.Decode(unpacked, raw).Order());
    }

    [Fact]
    public void The_map_is_one_that_the_reader_of_the_NET_runtime_reads()
    {
        using var folder = new TemporaryFolder();
        string program = NativePrograms.Build("branches.c", folder.Path, "inline-8bit-counters,pc-table"), map = folder.File("map");
        NativePrograms.Start(program, ["aaaaa", "9"], folder.Path, ("EDGEWISE_MAP_FILE", map));

        using MapFile file = MapFile.Open(map);
        using NativeCoverage coverage = NativeTarget.Attach(map);

        MapModule module = Assert.Single(file.Modules);
        Assert.Equal((program, "branches"), (module.Path, module.Name));
        Assert.Equal(coverage.ProcessId, file.ProcessId);
        Assert.StartsWith(coverage.Objects[0].BuildId, Convert.ToHexStringLower(module.OriginalHash), StringComparison.Ordinal);
        Assert.NotEmpty(coverage.Objects[0].BuildId);
        byte[] counters = file.ReadCounters(module);
        Assert.Equal(counters, coverage.Counters(coverage.Modules[0]).ToArray());
        Assert.Contains((byte)5, counters);
    }

    [Fact]
    public void A_map_file_that_exists_is_not_touched()
    {
        using var folder = new TemporaryFolder();
        string program = NativePrograms.Build("branches.c", folder.Path, "trace-pc-guard"), map = folder.File("map");
        File.WriteAllText(map, "mine");

        (int code, _, string error) = NativePrograms.Start(program, ["a"], folder.Path, ("EDGEWISE_MAP_FILE", map));

        Assert.Equal((0, $"edgewise: {map}: the file exists; counters stay in memory\n"), (code, error));
        Assert.Equal("mine", File.ReadAllText(map));
    }

    [Theory]
    [InlineData("coverage=1")]
    [InlineData("coverage=1:coverage_direct=1")]
    public void After_a_fork_each_counts_for_itself_and_shares_no_variable(string options)
    {
        using var folder = new TemporaryFolder();
        string program = NativePrograms.Build("fork.c", folder.Path, "inline-8bit-counters,pc-table");

        (int code, string output, string error) = NativePrograms.Start(program, [], folder.Path, ("EDGEWISE_OPTIONS", options));

        Assert.Equal((0, "private\n", ""), (code, output, error));
        string[][] functions = [.. Directory.GetFiles(folder.File("coverage"), "*.sancov").Select(file => NativePrograms.Functions(program, SancovFile.Read(file)))];
        Assert.Equal(51, functions.Length);
        string[] parent = Assert.Single(functions, names => !names.Contains("reached_child"));
        Assert.Equal(["main", "reached_parent"], parent);

        // The first child was forked before its parent went on; the others know what it had done by then.
        Assert.Single(functions, names => names.SequenceEqual(["main", "reached_child"]));
    }

    [Theory]
    [InlineData("inline-8bit-counters,pc-table")]
    [InlineData("trace-pc-guard")]
    [InlineData("trace-pc")]
    public void What_a_closed_object_reached_is_its_own(string features)
    {
        using var folder = new TemporaryFolder();
        string host = NativePrograms.Build("plugins.c", folder.Path, features, "-ldl");
        string first = NativePrograms.BuildShared("plugin.c", folder.File("first.so"), features, "-DNAME=first");
        string second = NativePrograms.BuildShared("plugin.c", folder.File("second.so"), features, "-DNAME=second");

        (int code, string output, string error) = NativePrograms.Start(host, [first, second], folder.Path, ("EDGEWISE_OPTIONS", "coverage=1"));

        Assert.Equal((0, ""), (code, error));
        Assert.True(output.Split('\n').Distinct().Count() < 41, "no object came to lie where another was");
        Assert.Equal(["first_odd", "run"], Functions(folder, first));
        Assert.Equal(["run", "second_even"], Functions(folder, second));
        Assert.Equal(["main", "use"], Functions(folder, host));
    }

    [Fact]
    public void An_object_that_comes_again_goes_on_where_it_was()
    {
        using var folder = new TemporaryFolder();
        string host = NativePrograms.Build("plugins.c", folder.Path, "inline-8bit-counters,pc-table", "-ldl");
        string first = NativePrograms.BuildShared("plugin.c", folder.File("first.so"), "inline-8bit-counters,pc-table", "-DNAME=first");
        string second = NativePrograms.BuildShared("plugin.c", folder.File("second.so"), "inline-8bit-counters,pc-table", "-DNAME=second");

        NativePrograms.Start(host, [first, second, "even"], folder.Path, ("EDGEWISE_MAP_FILE", folder.File("map")), ("EDGEWISE_OPTIONS", "coverage=1"));

        Assert.Equal(["first_even", "first_odd", "run"], Functions(folder, first));
        using NativeCoverage coverage = NativeTarget.Attach(folder.File("map"));
        Assert.Equal(3, coverage.Modules.Count);
    }

    [Fact]
    public void Threads_lose_no_point_and_mix_no_pair()
    {
        using var folder = new TemporaryFolder();
        string program = NativePrograms.Build("threads.c", folder.Path, "trace-pc-guard,trace-cmp,indirect-calls");

        NativePrograms.Start(program, [], folder.Path, ("EDGEWISE_OPTIONS", "coverage=1"), ("EDGEWISE_MAP_FILE", folder.File("map")));

        Assert.Equal(["compare", "main", .. Enumerable.Range(0, 8).Select(i => $"reached_{i}"), "work"], Functions(folder, program));
        using NativeCoverage coverage = NativeTarget.Attach(folder.File("map"));
        NativeCompare pair = Assert.Single(coverage.Compares(out uint lost), compare => compare.Kind == SiteKind.Compare && compare.Width == 8);
        Assert.Equal(pair.Left, ~pair.Right);
        Assert.True(pair.Hits > 1000, $"{pair.Hits} hits");
        Assert.Equal(8, coverage.Calls(out _).Count);
        Assert.Equal(0u, lost);
    }

    private static string[] Functions(TemporaryFolder folder, string program) =>
        NativePrograms.Functions(program, SancovFile.Read(Assert.Single(Directory.GetFiles(folder.File("coverage"), Path.GetFileName(program) + ".*.sancov"))));

    private static string[] FunctionsOf(string program, string folder)
    {
        using NativeCoverage coverage = NativeTarget.Attach(Assert.Single(Directory.GetFiles(folder, "*.edgewise-map")));
        return NativePrograms.Functions(program, coverage.Modules.SelectMany(coverage.CoveredPcs));
    }
}
