using Edgewise.Report;
using Edgewise.Report.Model;
using Edgewise.Runtime.Formats;
using Edgewise.Sancov;

namespace Edgewise.Tests.Report;

/// <summary>Reports of .NET modules: lines by blocks, with the PDB of the original.</summary>
public sealed class ManagedReportTests
{
    private const string Source = """
        using System;
        public class Program
        {
            public static int Choose(int a)
            {
                if (a > 3)
                {
                    return a +
                        Twice(a);
                }

                return 0;
            }

            public static int Twice(int a) => 2 * a;

            public record Pair(int A, int B);
        }
        """;

    [Fact]
    public void Lines_are_covered_uncovered_and_partly_covered()
    {
        using CompiledModule module = new(Source);

        Dictionary<int, LineState> lines = Lines(module.Report(line => line is 6 or 12));

        Assert.Equal(LineState.Uncovered, lines[8]);
        Assert.Equal(LineState.Uncovered, lines[9]);
        Assert.Equal(LineState.Covered, lines[12]);
        Assert.Equal(LineState.Uncovered, lines[15]);
        Assert.DoesNotContain(11, lines.Keys);
    }

    [Fact]
    public void Totals_are_those_of_the_command_that_counts_functions_and_edges()
    {
        using CompiledModule module = new(Source);
        ModuleCoverage coverage = module.Hit(line => line == 6);

        CoverageTotals totals = module.Report(line => line == 6).Totals;

        CoverageSummary summary = coverage.Summary;
        Assert.Equal((summary.FunctionCount, summary.CoveredFunctionCount, summary.EdgeCount, summary.CoveredEdgeCount), (totals.Functions, totals.CoveredFunctions, totals.Points, totals.CoveredPoints));
    }

    [Fact]
    public void A_block_without_a_point_is_coloured_by_those_that_imply_it_and_only_inferred_under_llvm()
    {
        using CompiledModule exact = new(Source, Pruning.Exact), llvm = new(Source, Pruning.Llvm);

        LineState byExact = Lines(exact.Report(_ => true))[6], byLlvm = Lines(llvm.Report(_ => true))[6];

        Assert.Equal(LineState.Covered, byExact);
        Assert.Equal(llvm.PcsOn(6).Any() ? LineState.Covered : LineState.Implied, byLlvm);
        Assert.DoesNotContain(llvm.Report(_ => true).Files, file => file.Totals.CoveredLines > file.Lines.Count(line => line.State == LineState.Covered));
    }

    [Fact]
    public void What_a_compiler_made_of_a_type_is_listed_where_the_type_is_written()
    {
        using CompiledModule module = new(Source);

        CoverageReport report = module.Report(_ => true);

        ReportFile file = Assert.Single(report.Files, file => file.HasSource);
        Assert.Contains("Program+Pair.PrintMembers", file.Functions.Select(function => function.Name));
    }

    [Fact]
    public void Counters_tell_how_often_and_a_run_without_them_at_least_once()
    {
        using CompiledModule module = new(Source);
        Dictionary<ulong, HitCount> counts = module.PcsOn(15).ToDictionary(pc => pc, _ => new HitCount(17, false));

        CoverageReport report = module.Report(line => line is 12 or 15, new PointHits("Compiled.dll", "", counts));

        IReadOnlyList<ReportLine> lines = Assert.Single(report.Files, file => file.HasSource).Lines;
        Assert.Equal(new HitCount(17, false), lines.Single(line => line.Number == 15).Hits);
        Assert.Equal(new HitCount(1, true), lines.Single(line => line.Number == 12).Hits);
        Assert.Equal(new HitCount(0, false), lines.Single(line => line.Number == 8).Hits);
        Assert.True(report.HasHits);
    }

    [Fact]
    public void Without_a_pdb_functions_are_listed_by_type()
    {
        using CompiledModule module = new(Source);
        using Edgewise.Symbols.ModuleSymbols symbols = Edgewise.Symbols.ModuleSymbols.Read(File.ReadAllBytes(module.ImagePath), "Compiled.dll", lines: false);
        Edgewise.Report.Building.ReportBuilder builder = new(new ReportOptions());

        builder.Add(new ModuleCoverage(module.Points, new byte[module.Points.PointCount], symbols));
        CoverageReport report = builder.ToReport();

        Assert.Contains("Compiled.dll/Program", report.Files.Select(file => file.Name));
        Assert.Contains("Twice", report.Files.Single(file => file.Name == "Compiled.dll/Program").Functions.Select(function => function.Name));
        Assert.Equal(report.Totals.Functions, report.FunctionsWithoutSource);
    }

    [Fact]
    public void A_comparison_tells_lines_and_functions_that_ran_in_one_run_only()
    {
        using CompiledModule module = new(Source);
        CoverageReport before = module.Report(line => line is 6 or 12), after = module.Report(line => line is 6 or 8 or 15);

        ReportFile file = after.Files.Single(file => file.HasSource);
        FileChange change = new ReportComparison(before).Of(file);

        Assert.Equal((LineState.Uncovered, LineState.Uncovered, LineState.Covered), (change.LinesBefore[8], change.LinesBefore[15], change.LinesBefore[12]));
        Assert.Equal(["Program.Twice"], change.Functions.Select(function => function.Name));
        Assert.Equal(1, change.LostLines(file));
    }

    private static Dictionary<int, LineState> Lines(CoverageReport report) => report.Files.Single(file => file.HasSource).Lines.ToDictionary(line => line.Number, line => line.State);
}
