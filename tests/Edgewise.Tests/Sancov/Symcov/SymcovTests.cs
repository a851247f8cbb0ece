using Edgewise.Runtime.Formats;
using Edgewise.Sancov.Symcov;
using Edgewise.Tests.Symbols.Elf;

namespace Edgewise.Tests.Sancov.Symcov;

public sealed class SymcovTests
{
    private const int Rounds = 2000;

    private static readonly byte[] Edge = File.ReadAllBytes(Binaries.Golden("golden/edge_sym.out"));

    [Fact]
    public void What_LLVM_wrote_is_read_and_written_byte_for_byte() =>
        Assert.Equal(Edge, SymcovWriter.Write(SymcovReader.Read(Edge, "edge.symcov")));

    [Fact]
    public void Counts_come_from_points_however_many_functions_one_stands_in()
    {
        SymbolizedCoverage coverage = new(
            "x", "", ["10", "ff"], [new("10", "a.c", "outer", 3, 1), new("10", "a.h", "inner", 9, 1), new("20", "a.c", "outer", 4, 1), new("20", "a.c", "dead", 7, 1)]);

        // ff was hit and is no point here, as where an ignore list left it out: it is not counted.
        Assert.Equal((2, 1, 3, 2), (coverage.Summary.EdgeCount, coverage.Summary.CoveredEdgeCount, coverage.Summary.FunctionCount, coverage.Summary.CoveredFunctionCount));
    }

    [Fact]
    public void Coverage_of_one_binary_is_united_and_that_of_two_is_told_apart()
    {
        SymbolizedCoverage first = new("x", "AA", ["10"], [new("10", "a.c", "f", 1, 1), new("20", "a.c", "f", 2, 1)]);
        SymbolizedCoverage second = new("x", "AA", ["20"], [new("10", "a.c", "f", 1, 1), new("20", "a.c", "f", 2, 1)]);
        SymbolizedCoverage other = new("y", "BB", ["10"], [new("10", "b.c", "g", 1, 1)]);

        SymbolizedCoverage united = SymbolizedCoverage.Merge([first, second]), apart = SymbolizedCoverage.Merge([first, other, second]);

        Assert.Equal(("AA", 2), (united.BinaryHash, united.Points.Count));
        Assert.Equal(["10", "20"], united.CoveredPoints);
        Assert.Equal(["010", "020", "110"], apart.CoveredPoints);
        Assert.Equal("", apart.BinaryHash);
    }

    [Theory]
    [InlineData("[]", ".symcov: the whole is a JSON Array; Object expected")]
    [InlineData("{}", ".symcov: there is no \"point-symbol-info\"")]
    [InlineData("{\"covered-points\": [], \"binary-hash\": \"\", \"point-symbol-info\": {\"a.c\": {\"f\": {\"1\": \"x\"}}}}", ".symcov: point 1 is at 'x'; LINE:COLUMN expected")]
    [InlineData("{\n\"a\"", ".symcov, line 2, byte 3: this is no JSON")]
    public void A_damaged_file_is_told_with_place_and_expectation(string content, string expected)
    {
        CoverageFormatException failure = Assert.Throws<CoverageFormatException>(() => SymcovReader.Read(System.Text.Encoding.UTF8.GetBytes(content), "x.symcov"));

        Assert.StartsWith($"x.symcov: {expected}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Mutated_files_fail_by_name_or_are_read_as_what_they_say()
    {
        Random random = new(14);
        int failures = 0;
        for (int round = 0; round < Rounds; round++)
        {
            byte[] content = random.Next(10) == 0 ? Edge[..random.Next(Edge.Length)] : [.. Edge];
            for (int change = random.Next(1, 4); change > 0 && content.Length > 0; change--)
            {
                content[random.Next(content.Length)] = (byte)random.Next(256);
            }

            try
            {
                SymbolizedCoverage coverage = SymcovReader.Read(content, "some.symcov");
                Assert.Equal(coverage.Points.ToHashSet(), SymcovReader.Read(SymcovWriter.Write(coverage), "again").Points.ToHashSet());
            }
            catch (CoverageFormatException failure)
            {
                failures++;
                Assert.StartsWith("some.symcov: .symcov", failure.Message, StringComparison.Ordinal);
            }
        }

        Assert.InRange(failures, Rounds / 20, Rounds - 1);
    }
}
