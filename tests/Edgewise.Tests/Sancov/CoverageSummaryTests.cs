using Edgewise.Instrumentation;
using Edgewise.Instrumentation.Selection;
using Edgewise.Runtime.Formats;
using Edgewise.Sancov;
using Edgewise.Symbols;
using Edgewise.Tests.Symbols;

namespace Edgewise.Tests.Sancov;

public sealed class CoverageSummaryTests
{
    [Fact]
    public void Without_metadata_every_instrumented_method_is_a_function()
    {
        using CoverageFolder folder = new();
        byte[] hit = new byte[folder.Points.PointCount];
        PointMethod last = folder.Points.Methods[^1];
        hit[last.FirstPoint] = 255;

        CoverageSummary summary = CoverageSummary.Of(folder.Points, hit, null);

        Assert.Equal(
            new CoverageSummary(CoverageFolder.ModuleName, folder.Points.Methods.Length, 1, folder.Points.PointCount, 1),
            summary);
    }

    [Fact]
    public void Compiler_made_members_of_no_method_count_as_edges_and_not_as_functions()
    {
        using CoverageFolder folder = new();
        using ModuleSymbols symbols = ModuleSymbols.Open(folder.Original, lines: false);
        int shared = typeof(Specimens).GetNestedTypes(System.Reflection.BindingFlags.NonPublic).Single(type => type.Name == "<>c").TypeInitializer!.MetadataToken;
        PointMethod method = folder.Points.Methods.Single(candidate => candidate.Token == shared);
        byte[] hit = new byte[folder.Points.PointCount];
        hit[method.FirstPoint] = 1;

        CoverageSummary summary = CoverageSummary.Of(folder.Points, hit, symbols);

        Assert.Equal((0, 1), (summary.CoveredFunctionCount, summary.CoveredEdgeCount));
        Assert.True(summary.ExcludedEdgeCount > 0 && summary.ExcludedFunctionCount > 0);
        Assert.Equal(folder.Points.PointCount, summary.EdgeCount + summary.ExcludedEdgeCount);
    }

    [Fact]
    public void A_function_of_which_only_a_lambda_is_excluded_still_counts()
    {
        using CoverageFolder folder = new();
        using ModuleSymbols symbols = ModuleSymbols.Open(folder.Original, lines: false);
        // Property (get and set), Method, and Method, .ctor of each of the two inner types; Other keeps its own body.
        const int WhollyExcluded = 2 + 1 + 2 + 2;

        CoverageSummary summary = CoverageSummary.Of(folder.Points, new byte[folder.Points.PointCount], symbols);

        Assert.Equal(WhollyExcluded, summary.ExcludedFunctionCount);
        Assert.Contains(new ModuleCoverage(folder.Points, new byte[folder.Points.PointCount], symbols).Functions(), function => function.Name.EndsWith(".get_Other", StringComparison.Ordinal));
    }

    [Fact]
    public void A_total_adds_everything_up()
    {
        CoverageSummary total = CoverageSummary.Total("total", [new CoverageSummary("a", 1, 2, 3, 4, 5, 6), new CoverageSummary("b", 10, 20, 30, 40, 50, 60)]);

        Assert.Equal(new CoverageSummary("total", 11, 22, 33, 44, 55, 66), total);
        Assert.Equal(0, CoverageSummary.Total("none", []).EdgePercent);
    }

    [Fact]
    public void Hits_of_another_number_of_points_are_refused()
    {
        using CoverageFolder folder = new();

        ArgumentException error = Assert.Throws<ArgumentException>(() => CoverageSummary.Of(folder.Points, new byte[3], null));

        Assert.StartsWith($"3 hits for the {folder.Points.PointCount} points of Edgewise.Tests.dll", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_point_stands_on_the_line_of_its_code()
    {
        using CoverageFolder folder = new();
        using ModuleSymbols symbols = ModuleSymbols.Open(folder.Original);
        PointLocator locator = new(folder.Points, symbols);
        int token = typeof(Specimens).GetMethod("Plain")!.MetadataToken;
        PointMethod plain = folder.Points.Methods.Single(method => method.Token == token);
        int line = Array.FindIndex(File.ReadAllLines(Specimens.SourceFile), text => text.EndsWith("// @ Plain", StringComparison.Ordinal)) + 1;

        PointLocation location = locator.At(plain.FirstPoint);

        Assert.Equal(("Edgewise.Tests.Symbols.Specimens.Plain", Specimens.SourceFile, line), (location.Function, location.Location?.File, location.Location?.Line ?? 0));
        Assert.Equal(location, locator.AtPc((ulong)folder.Points.Pcs[plain.FirstPoint]));
        Assert.Null(locator.AtPc(1));
        Assert.Null(locator.AtPc(ulong.MaxValue));
    }

    [Fact]
    public void A_name_as_printed_selects_its_function_when_it_stands_in_a_list()
    {
        string path = typeof(Specimens).Assembly.Location, list = Path.GetTempFileName();
        using ModuleSymbols symbols = ModuleSymbols.Open(path);
        int[] tokens = [typeof(Specimens).GetMethod("Plain")!.MetadataToken, typeof(GenericSpecimens<>).GetMethods().First(method => method.Name == "Twice").MetadataToken];
        foreach (int token in tokens)
        {
            File.WriteAllText(list, $"src:*/Specimens.cs\nfun:{symbols.NameOf(token)}\n");

            InstrumentationResult result = Instrumenter.Instrument(
                File.ReadAllBytes(path), File.ReadAllBytes(Path.ChangeExtension(path, ".pdb")), Path.GetFileName(path),
                new InstrumentationOptions { Selection = CodeSelection.Load([list], []) });

            Assert.Contains(result.Points.Methods, method => method.Token == token);
            Assert.All(result.Points.Methods, method => Assert.Equal(symbols.NameOf(token), symbols.NameOf(method.Token)));
        }

        File.Delete(list);
    }

    [Fact]
    public void An_instrumented_image_has_names_and_first_lines_and_no_lines_within()
    {
        using CoverageFolder folder = new();
        File.WriteAllBytes(Path.ChangeExtension(folder.Instrumented, ".pdb"), folder.Result.Pdb!);
        using ModuleSymbols original = ModuleSymbols.Open(folder.Original), instrumented = ModuleSymbols.Open(folder.Instrumented);

        Assert.True(instrumented.HasLines && instrumented.IsInstrumented && !original.IsInstrumented);
        foreach (PointMethod method in folder.Points.Methods)
        {
            Assert.Equal(original.NameOf(method.Token), instrumented.NameOf(method.Token));
            Assert.Equal(original.UserMethodOf(method.Token), instrumented.UserMethodOf(method.Token));
            Assert.Equal(original.StartOf(method.Token), instrumented.StartOf(method.Token));
            Assert.Null(instrumented.LocationOf(method.Token, 0));
        }
    }
}
