using Edgewise.Runtime.Formats;
using Edgewise.Symbols.Points;
using Edgewise.Tests.Cli;
using Edgewise.Tests.Runtime;
using Edgewise.Tests.Symbols.Elf;

namespace Edgewise.Tests.Sancov.Native;

/// <summary>What <c>edgewise sancov</c> says of native binaries of every kind, by their symbol tables alone.</summary>
public sealed class NativeCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("i386-guard.so")]
    [InlineData("x86_64-counters.pie")]
    [InlineData("aarch64-pc.so")]
    public void Functions_and_edges_are_those_of_the_source(string name)
    {
        string binary = Binaries.Of(name), sancov = HitFunctions(name, "straight1", "cases4");

        CommandRun stats = CommandRun.Of("sancov", "stats", "--symbolizer", "none", binary, sancov);
        CommandRun covered = CommandRun.Of("sancov", "covered-functions", "--symbolizer", "none", binary, sancov);
        CommandRun others = CommandRun.Of("sancov", "not-covered-functions", "--symbolizer", "none", binary, sancov);

        Assert.Equal("all-edges: 12\ncov-edges: 5\nall-functions: 5\ncov-functions: 2\n", stats.Output);
        Assert.Equal(["cases4", "straight1"], Names(covered));
        Assert.Equal(["diamond3", "loop3", "start1"], Names(others));
    }

    [Fact]
    public void Without_a_symboliser_a_line_says_what_is_missing()
    {
        CommandRun run = CommandRun.Of("sancov", "stats", "--symbolizer", "none", Binaries.Of("x86_64-guard.so"), HitFunctions("x86_64-guard.so", "loop3"));

        Assert.Equal(["edgewise: names are from the symbol table alone: no lines, no inlined functions, and names of C++ and Rust as the linker sees them"], run.Errors);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public void Functions_on_an_ignore_list_are_left_out_of_every_count()
    {
        string list = _folder.File("ignore.txt"), sancov = HitFunctions("x86_64-guard.so", "straight1", "loop3");
        File.WriteAllText(list, "[coverage]\nfun:loop*\n[address]\nfun:straight1\n");

        CommandRun run = CommandRun.Of("sancov", "stats", "--symbolizer", "none", "--ignorelist", list, Binaries.Of("x86_64-guard.so"), sancov);

        Assert.Equal("all-edges: 9\ncov-edges: 1\nall-functions: 4\ncov-functions: 1\n", run.Output);
    }

    [Fact]
    public void Json_has_the_build_id_and_addresses()
    {
        string binary = Binaries.Of("x86_64-guard.so"), sancov = HitFunctions("x86_64-guard.so", "straight1");

        string json = CommandRun.Of("sancov", "covered-functions", "--symbolizer", "none", "--json", "-", binary, sancov).Output;

        Assert.Contains($"\"buildId\": \"{Binaries.Read(binary).BuildId}\"", json, StringComparison.Ordinal);
        Assert.Contains($"\"address\": \"0x{PcsOf("x86_64-guard.so", "straight1")[0]:x}\"", json, StringComparison.Ordinal);
        Assert.DoesNotContain("token", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_prints_the_points_that_were_not_among_the_PCs()
    {
        string read = _folder.File("pcs.txt");
        File.WriteAllText(read, "0xdeeda\n0xdef09\n");

        CommandRun run = CommandRun.Of("sancov", "missing", Binaries.Golden("a.out"), "--pcs", read);

        Assert.Equal((0, "0xdeeaf\n0xdef1e\n"), (run.ExitCode, run.Output));
        Assert.Equal([$"edgewise: {Binaries.Golden("a.out")}: 4 points; 2 PCs read, 2 points are not among them"], run.Errors);
    }

    [Fact]
    public void Missing_tells_PCs_that_are_no_points()
    {
        string read = _folder.File("pcs.txt");
        File.WriteAllText(read, "0xdeeda\n0x1\n");

        CommandRun run = CommandRun.Of("sancov", "missing", Binaries.Golden("a.out"), "--pcs", read);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal($"edgewise: {Binaries.Golden("a.out")}: 1 of the 2 PCs read are no points of it, the first is 0x1", run.Errors[1]);
    }

    [Fact]
    public void Merge_writes_the_union_of_files()
    {
        string merged = _folder.File("a.out.9.sancov");

        CommandRun run = CommandRun.Of("sancov", "merge", Binaries.Golden("a.out.1.sancov"), Binaries.Golden("a.out.2.sancov"), "-o", merged);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal([0xdeeaf, 0xdeeda, 0xdef09, 0xdef1e], SancovFile.Read(merged));
    }

    [Fact]
    public void Merge_refuses_files_of_two_modules()
    {
        CommandRun run = CommandRun.Of("sancov", "merge", Binaries.Golden("a.out.1.sancov"), Binaries.Golden("edge.out.1.sancov"), "-o", _folder.File("x.1.sancov"));

        Assert.Equal(
            [$"edgewise: {Binaries.Golden("edge.out.1.sancov")}: of edge.out, and {Binaries.Golden("a.out.1.sancov")} is of a.out; files of one module expected"], run.Errors);
        Assert.False(File.Exists(_folder.File("x.1.sancov")));
    }

    private static string[] Names(CommandRun run) => [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[1])];

    private static ulong[] PcsOf(string binary, string function)
    {
        BinaryPoints points = BinaryPoints.Find(Binaries.Read(Binaries.Of(binary)));
        return [.. points.Pcs.ToArray().Where(pc => points.File.FunctionSymbols.Any(
            symbol => symbol.Name == function && pc >= symbol.Value && pc - symbol.Value < symbol.Size))];
    }

    private string HitFunctions(string binary, params string[] functions)
    {
        string path = _folder.File($"{binary}.7.sancov");
        File.WriteAllBytes(path, SancovFile.Encode([.. functions.SelectMany(function => PcsOf(binary, function))]));
        return path;
    }
}
