using Edgewise.Symbols.Elf;
using Edgewise.Symbols.Points;
using Edgewise.Tests.Symbols.Elf;

namespace Edgewise.Tests.Symbols.Points;

public sealed class BinaryPointsTests
{
    private const int FunctionCount = 5, EdgeCount = 12;

    public static TheoryData<string, PointSource> Builds()
    {
        TheoryData<string, PointSource> builds = [];
        foreach (string machine in (string[])["i386", "x86_64", "aarch64"])
        {
            foreach (string linked in (string[])["guard.so", "guard.pie", "guard.static", "guard.o", "sections.o", "pc.so", "pc.pie", "guard.stripped-so"])
            {
                builds.Add($"{machine}-{linked}", PointSource.Calls);
            }

            builds.Add($"{machine}-guard.stripped-static", PointSource.GuardCalls);
            builds.Add($"{machine}-guard.stripped-pie", PointSource.GuardCalls);
            foreach (string counters in (string[])["counters.so", "counters.pie", "counters.stripped-so", "counters.stripped-pie"])
            {
                builds.Add($"{machine}-{counters}", PointSource.PcTable);
            }
        }

        return builds;
    }

    [Theory]
    [MemberData(nameof(Builds))]
    public void Every_edge_of_the_source_is_a_point_in_every_build(string name, PointSource source)
    {
        BinaryPoints points = BinaryPoints.Find(Binaries.Read(Binaries.Of(name)));

        Assert.Equal((source, EdgeCount), (points.Source, points.Pcs.Length));
    }

    [Theory]
    [InlineData("i386-guard.so")]
    [InlineData("x86_64-guard.static")]
    [InlineData("aarch64-pc.pie")]
    [InlineData("x86_64-counters.so")]
    [InlineData("i386-counters.so")]
    public void A_function_has_as_many_points_as_its_name_says(string name)
    {
        ElfFile file = Binaries.Read(Binaries.Of(name));
        ulong[] pcs = [.. BinaryPoints.Find(file).Pcs];
        ElfSymbol[] functions = [.. file.FunctionSymbols.Where(symbol => symbol.Name is "straight1" or "diamond3" or "loop3" or "cases4" or "start1")];

        Assert.Equal(FunctionCount, functions.Length);
        Assert.All(functions, function => Assert.Equal(
            function.Name[^1] - '0', pcs.Count(pc => pc >= function.Value && pc - function.Value < function.Size)));
    }

    [Theory]
    [InlineData("guard.stripped-static", "guard.static")]
    [InlineData("guard.stripped-pie", "guard.pie")]
    [InlineData("guard.stripped-so", "guard.so")]
    [InlineData("counters.stripped-pie", "counters.pie")]
    public void Stripping_changes_no_point(string stripped, string whole) => Assert.All(["i386", "x86_64", "aarch64"], machine =>
        Assert.Equal(
            BinaryPoints.Find(Binaries.Read(Binaries.Of($"{machine}-{whole}"))).Pcs,
            BinaryPoints.Find(Binaries.Read(Binaries.Of($"{machine}-{stripped}"))).Pcs));

    [Theory]
    [InlineData("a.out", "pcs")]
    [InlineData("edge.out", "edge_pcs")]
    public void The_points_are_those_that_LLVM_prints(string binary, string golden)
    {
        BinaryPoints points = BinaryPoints.Find(Binaries.Read(Binaries.Golden(binary)));

        string text = string.Concat(points.Pcs.ToArray().Select(pc => $"0x{pc:x}\n"));

        Assert.Equal(File.ReadAllText(Binaries.Golden($"golden/{golden}.out")), text);
    }

    [Fact]
    public void A_binary_without_coverage_has_no_points() =>
        Assert.Equal(PointSource.None, BinaryPoints.Find(Binaries.Read(Binaries.Golden("plain"))).Source);
}
