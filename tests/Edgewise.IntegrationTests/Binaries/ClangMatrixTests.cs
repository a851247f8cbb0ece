using System.Text.Json;
using Edgewise.Symbols.Elf;
using Edgewise.Symbols.Points;

namespace Edgewise.IntegrationTests.Binaries;

/// <summary>Builds of clang of one source whose edges and functions anyone can count: our answers are the truth of the source.</summary>
public sealed class ClangMatrixTests : IDisposable
{
    private const string Guards = "-fsanitize-coverage=trace-pc-guard";

    private readonly ClangBuild _clang = new();

    private static string Points => ClangBuild.Source("elf/points.c");

    private static string Main => ClangBuild.Source("native/main.c");

    public void Dispose() => _clang.Dispose();

    // points.c has 12 points at level bb and at level edge, for none of its edges is critical; main stands in another file and is not counted.
    [Theory]
    [InlineData("-O0 -fsanitize-coverage=func,trace-pc-guard", 5)]
    [InlineData("-O0 -fsanitize-coverage=bb,trace-pc-guard", 12)]
    [InlineData("-O0 -fsanitize-coverage=edge,trace-pc-guard", 12)]
    [InlineData("-O0 -fsanitize-coverage=edge,trace-pc-guard -no-pie", 12)]
    [InlineData("-O0 -fsanitize-coverage=edge,trace-pc-guard -fPIE -pie", 12)]
    [InlineData("-O0 -fsanitize-coverage=edge,trace-pc-guard -fsanitize=address", null)]
    [InlineData("-O0 -fsanitize-coverage=edge,trace-pc-guard -fsanitize=undefined", null)]
    [InlineData("-O1 -fsanitize-coverage=edge,trace-pc-guard -gz", null)]
    [InlineData("-O2 -fsanitize-coverage=bb,trace-pc-guard -gdwarf-4", null)]
    public void A_run_covers_the_functions_that_it_called(string options, int? points)
    {
        string program = _clang.Build("points", options, Points, Main);

        string[] sancovs = _clang.Cover(program, "d");

        // An optimiser may leave straight1 no block of its own in those that it is inlined into.
        string[] inlined = options.Contains("-O0", StringComparison.Ordinal) ? [] : ["straight1"];
        Assert.Equal(((string[])["diamond3", "main", "straight1"]).Except(inlined), Functions("covered-functions", program, sancovs).Except(inlined).Order());
        Assert.Equal(["cases4", "loop3", "start1"], Functions("not-covered-functions", program, sancovs).Except(inlined).Order());
        if (points is { } expected)
        {
            ElfFile file = ElfFile.Read(File.ReadAllBytes(program), program);
            ElfSymbol main = file.FunctionSymbols.Single(symbol => symbol.Name == "main");
            Assert.Equal(expected, BinaryPoints.Find(file).Pcs.ToArray().Count(pc => pc - main.Value >= main.Size));
        }
    }

    [Theory]
    [InlineData("-fPIE -pie", "points")]
    [InlineData("-no-pie", "points")]
    [InlineData("-static", "points")]
    public void The_points_are_those_that_LLVM_finds(string options, string name)
    {
        Assert.SkipUnless(ClangBuild.Has("sancov-14"), "sancov-14 is not on PATH");
        string program = _clang.Build(name, $"-O1 {Guards} {options}", Points, Main);

        string theirs = _clang.Run("sancov-14", ["-print-coverage-pcs", program]).Output;

        Assert.Equal(theirs.Split('\n', StringSplitOptions.RemoveEmptyEntries), ClangBuild.Sancov("print-coverage-pcs", program));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-fno-plt")]
    public void A_shared_object_has_points_through_its_stubs(string options)
    {
        string library = _clang.Build("libpoints.so", $"-O0 {Guards} {options} -fPIC -shared", Points);
        string program = _clang.Build("main", $"-O0 {Guards} -L. -lpoints -rdynamic", Main, library);

        string[] sancovs = _clang.Cover(program);

        string own = Assert.Single(sancovs, sancov => Path.GetFileName(sancov).StartsWith("libpoints.so.", StringComparison.Ordinal));
        Assert.Equal(["cases4"], Functions("covered-functions", library, own));
        Assert.Equal("all-edges: 12", ClangBuild.Sancov("stats", library, own)[0]);
    }

    [Theory]
    [InlineData("-static")]
    [InlineData("-static-pie")]
    [InlineData("-fPIE -pie")]
    public void A_stripped_program_keeps_its_points(string options)
    {
        string program = _clang.Build("points", $"-O1 {Guards} {options}", Points, Main);
        string[] before = ClangBuild.Sancov("print-coverage-pcs", program);

        Assert.Equal(0, _clang.Run("strip", [program]).ExitCode);

        Assert.Equal(before, ClangBuild.Sancov("print-coverage-pcs", program));
    }

    [Theory]
    [InlineData("inline-8bit-counters,pc-table")]
    [InlineData("inline-bool-flag,pc-table")]
    [InlineData("trace-pc")]
    [InlineData("trace-pc-guard,pc-table")]
    public void Every_kind_of_coverage_has_the_points_of_the_source(string features)
    {
        string library = _clang.Build("libpoints.so", $"-O0 -fsanitize-coverage={features} -fPIC -shared -fno-sanitize-link-runtime", Points);

        Assert.Equal(12, ClangBuild.Sancov("print-coverage-pcs", library).Length);
    }

    [Theory]
    [InlineData("-O0", new[] { "geometry::Square::area() const", "halved(int)", "main", "double limit<double>(double, double)" })]
    [InlineData("-O1", new[] { "main" })]
    public void Functions_of_CPlusPlus_stand_at_their_declarations_without_those_of_the_library(string level, string[] covered)
    {
        string program = _clang.Build("shapes", $"{level} {Guards}", ClangBuild.Source("native/shapes.cc"));

        string[] sancovs = _clang.Cover(program);

        string[] source = File.ReadAllLines(ClangBuild.Source("native/shapes.cc"));
        Assert.Equal(covered.Order(), Functions("covered-functions", program, sancovs).Order());
        Assert.Contains("unused(int)", Functions("not-covered-functions", program, sancovs));
        int main = Array.FindIndex(source, line => line.StartsWith("int main", StringComparison.Ordinal)) + 1;
        Assert.Contains(ClangBuild.Sancov(["covered-functions", program, .. sancovs]), line => line == $"{ClangBuild.Source("native/shapes.cc")}:{main} main");
    }

    [Theory]
    [InlineData("-O0")]
    [InlineData("-O1")]
    [InlineData("-O2 -g0")]
    public void Functions_are_the_same_whether_all_points_are_named_or_those_that_ran(string options)
    {
        string program = _clang.Build("shapes", $"{Guards} -g {options}", ClangBuild.Source("native/shapes.cc"));
        if (options.Contains("-g0", StringComparison.Ordinal))
        {
            Assert.Equal(0, _clang.Run("strip", ["-g", program]).ExitCode);
        }

        string[] sancovs = _clang.Cover(program);

        string[] text = ClangBuild.Sancov(["covered-functions", program, .. sancovs]);
        using JsonDocument json = JsonDocument.Parse(string.Join('\n', ClangBuild.Sancov(["covered-functions", "--json", "-", program, .. sancovs])));

        Assert.Equal(
            json.RootElement.GetProperty("modules")[0].GetProperty("functions").EnumerateArray().Select(function => function.GetProperty("name").GetString()!),
            text.Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]));
        Assert.NotEmpty(text);
    }

    [Fact]
    public void Covered_points_are_never_more_than_points()
    {
        string program = _clang.Build("shapes", $"-O0 {Guards}", ClangBuild.Source("native/shapes.cc"));

        string[] stats = ClangBuild.Sancov(["stats", program, .. _clang.Cover(program)]);

        int[] counts = [.. stats.Select(line => int.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture))];
        Assert.True(counts[1] < counts[0] && counts[3] < counts[2], string.Join('\n', stats));
    }

    private static string[] Functions(string action, string program, params string[] sancovs) =>
        [.. ClangBuild.Sancov([action, program, .. sancovs.Where(sancov => Path.GetFileName(sancov).StartsWith(Path.GetFileName(program), StringComparison.Ordinal))])
            .Select(line => line[(line.IndexOf(' ') + 1)..])];
}
