using System.Text.Json;
using Edgewise.Runtime.Dump;
using Edgewise.Runtime.Formats;
using Edgewise.Symbols;
using Edgewise.Tests.Symbols;

namespace Edgewise.Tests.Sancov;

public sealed class SancovCommandTests : IDisposable
{
    private const string Prefix = "Edgewise.Tests.Symbols.Specimens.";

    private readonly CoverageFolder _folder = new();
    private readonly ModuleSymbols _symbols = ModuleSymbols.Open(typeof(Specimens).Assembly.Location);

    public void Dispose()
    {
        _symbols.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Print_unites_and_sorts_the_PCs_of_several_files()
    {
        string first = _folder.WriteRun(1, Pcs(5, 0, 9)), second = _folder.WriteRun(2, Pcs(9, 3));
        string[] expected = [.. Pcs(0, 3, 5, 9).Order().Select(pc => $"0x{pc:x}")];

        (int exitCode, string output, string error) = CoverageFolder.Run("print", _folder.Original, first, second);

        Assert.Equal((0, string.Join('\n', expected) + "\n", ""), (exitCode, output, error));
        Assert.Equal(output, CoverageFolder.Run("print", second, first).Output);
    }

    [Fact]
    public void Stats_are_those_of_the_real_point_set_from_either_image()
    {
        string run = _folder.WriteRun(1, Pcs(0, 1, 2));
        string[] functions = UserFunctions(excluded: false);
        int excluded = _folder.Points.Methods.Where(method => _symbols.IsExcluded(method.Token)).Sum(method => method.PointCount);
        string covered = $"{_folder.Points.Methods.Where(method => method.FirstPoint < 3).Select(method => UserFunction(method.Token)).Distinct().Count()}";

        (int exitCode, string output, _) = CoverageFolder.Run("stats", _folder.Original, run);

        Assert.Equal((0, $"all-edges: {_folder.Points.PointCount - excluded}\ncov-edges: 3\nall-functions: {functions.Length}\ncov-functions: {covered}\n"), (exitCode, output));
        Assert.Equal(output, CoverageFolder.Run("stats", _folder.Instrumented, run).Output);
        Assert.Equal(output, CoverageFolder.Run("stats", run, _folder.Instrumented, _folder.Original).Output);
    }

    [Fact]
    public void A_symcov_of_a_module_has_its_points_by_function_and_says_what_the_module_says()
    {
        string run = _folder.WriteRun(1, Pcs(0, 1, 2)), symcov = Path.Combine(_folder.Folder, "one.symcov");

        Assert.Equal((0, "", ""), CoverageFolder.Run("symbolize", "-o", symcov, _folder.Original, run));

        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(symcov));
        Assert.Equal(
            Pcs(0, 1, 2).Select(pc => $"{pc:x}").Order(StringComparer.Ordinal),
            document.RootElement.GetProperty("covered-points").EnumerateArray().Select(id => id.GetString()!));
        Assert.Equal(Convert.ToHexString(_folder.Points.OriginalHash), document.RootElement.GetProperty("binary-hash").GetString());
        // A .symcov tells functions by file and name: overloads are one.
        foreach (string action in (string[])["covered-functions", "not-covered-functions"])
        {
            IEnumerable<string> names = Names(CoverageFolder.Run(action, _folder.Original, run).Output), others = Names(CoverageFolder.Run("covered-functions", symcov).Output);
            Assert.Equal(action[0] == 'c' ? names : names.Except(others), Names(CoverageFolder.Run(action, symcov).Output));
        }

        Assert.True(document.RootElement.GetProperty("point-symbol-info").TryGetProperty(Specimens.SourceFile, out _) || File.ReadAllText(symcov).Contains(Specimens.SourceFile, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Names(string output) =>
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]).Distinct().Order(StringComparer.Ordinal);

    [Fact]
    public void Of_both_images_the_original_gives_the_lines()
    {
        string run = _folder.WriteRun(1, Pcs(0));

        string both = CoverageFolder.Run("not-covered-functions", _folder.Instrumented, _folder.Original, run).Output;

        // The instrumented image stands without its PDB here.
        Assert.Contains(Specimens.SourceFile, both, StringComparison.Ordinal);
        Assert.DoesNotContain(Specimens.SourceFile, CoverageFolder.Run("not-covered-functions", _folder.Instrumented, run).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_module_that_nothing_tells_to_be_instrumented_is_said_and_left_out()
    {
        string run = _folder.WriteRun(1, Pcs(0)), other = typeof(Edgewise.Sancov.CoverageSummary).Assembly.Location;

        (int exitCode, string output, string error) = CoverageFolder.Run("stats", other, _folder.Original, run);

        Assert.Equal(
            (0, $"edgewise: {other}: no .sancov file of this module is among the files; its name would be Edgewise.Sancov.dll.PID.sancov\n"),
            (exitCode, error));
        Assert.Equal(CoverageFolder.Run("stats", _folder.Original, run).Output, output);
    }

    [Fact]
    public void A_module_whose_name_is_too_long_for_its_files_finds_them()
    {
        string name = new string('n', 170) + ".dll", run = _folder.WriteRun(1, Pcs(0)), folder = Path.GetDirectoryName(run)!;
        string module = _folder.Write(Path.Combine("long", name), File.ReadAllBytes(_folder.Original));
        string renamed = Path.Combine(folder, FileNames.Sancov(name, 1));
        File.Move(run, renamed);
        File.Move(
            Path.Combine(folder, FileNames.Points(CoverageFolder.ModuleName, _folder.Points.IdentityText)),
            Path.Combine(folder, FileNames.Points(name, _folder.Points.IdentityText)));

        Assert.DoesNotContain(name, renamed, StringComparison.Ordinal);
        Assert.Equal((0, $"0x{_folder.Points.Pcs[0]:x}\n", ""), CoverageFolder.Run("print", module, renamed));
    }

    [Fact]
    public void Excluded_code_counts_only_when_asked()
    {
        string run = _folder.WriteRun(1, Pcs(0));

        string without = CoverageFolder.Run("stats", _folder.Original, run).Output, with = CoverageFolder.Run("stats", "--include-excluded", _folder.Original, run).Output;

        Assert.Contains($"all-edges: {_folder.Points.PointCount}\n", with, StringComparison.Ordinal);
        Assert.DoesNotContain($"all-edges: {_folder.Points.PointCount}\n", without, StringComparison.Ordinal);
        Assert.Contains($"all-functions: {UserFunctions(excluded: true).Length}\n", with, StringComparison.Ordinal);
        Assert.DoesNotContain("ExcludedSpecimens.Method", CoverageFolder.Run("not-covered-functions", _folder.Original, run).Output, StringComparison.Ordinal);
        Assert.Contains("ExcludedSpecimens.Method", CoverageFolder.Run("not-covered-functions", "--include-excluded", _folder.Original, run).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_is_covered_once_by_any_body_made_of_it()
    {
        int lambda = ModuleSymbolsTests.TokensOf(typeof(Specimens)).First(token => Name(token).Contains("<Closures>g__Inner|", StringComparison.Ordinal));
        int moveNext = ModuleSymbolsTests.TokensOf(typeof(Specimens)).First(token => Name(token) == "MoveNext" && UserFunction(token).EndsWith(".Async", StringComparison.Ordinal));
        string run = _folder.WriteRun(1, _folder.PcsOf(lambda, moveNext));

        (int exitCode, string covered, string error) = CoverageFolder.Run("covered-functions", _folder.Original, run);
        string notCovered = CoverageFolder.Run("not-covered-functions", _folder.Original, run).Output;

        string[] lines = covered.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal((0, "", 2), (exitCode, error, lines.Length));
        Assert.Matches("^" + System.Text.RegularExpressions.Regex.Escape(Specimens.SourceFile) + @":\d+ Edgewise\.Tests\.Symbols\.Specimens\.Async$", lines[0]);
        Assert.EndsWith(Prefix + "Closures", lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain(Prefix + "Closures\n", notCovered, StringComparison.Ordinal);
        Assert.Equal(UserFunctions(excluded: false).Length, lines.Length + notCovered.Count(c => c == '\n'));
    }

    [Fact]
    public void Functions_are_sorted_by_file_and_name_and_have_their_first_line()
    {
        string run = _folder.WriteRun(1, Pcs(0));

        string[] lines = CoverageFolder.Run("not-covered-functions", _folder.Original, run).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        string[] names = [.. lines.Where(line => line.StartsWith(Specimens.SourceFile, StringComparison.Ordinal)).Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..])];
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        int plain = Array.FindIndex(File.ReadAllLines(Specimens.SourceFile), line => line.EndsWith("// @ Plain", StringComparison.Ordinal)) + 1;
        Assert.Contains($"{Specimens.SourceFile}:{plain} {Prefix}Plain", lines);
    }

    [Fact]
    public void Without_a_PDB_functions_have_their_RVA()
    {
        string run = _folder.WriteRun(1, _folder.PcsOf(typeof(Specimens).GetMethod("Plain")!.MetadataToken));
        File.Delete(Path.ChangeExtension(_folder.Original, ".pdb"));
        PointMethod plain = _folder.Points.Methods.Single(method => method.Token == typeof(Specimens).GetMethod("Plain")!.MetadataToken);

        Assert.Equal((0, $"Edgewise.Tests.dll:0x{plain.Rva:x} {Prefix}Plain\n", ""), CoverageFolder.Run("covered-functions", _folder.Original, run));
    }

    [Fact]
    public void A_PDB_of_another_build_is_one_line_on_standard_error()
    {
        string run = _folder.WriteRun(1, Pcs(0)), pdb = Path.ChangeExtension(_folder.Original, ".pdb");
        File.Copy(Path.ChangeExtension(typeof(Edgewise.Sancov.CoverageSummary).Assembly.Location, ".pdb"), pdb, overwrite: true);

        (int exitCode, string output, string error) = CoverageFolder.Run("covered-functions", _folder.Original, run);

        Assert.Equal((0, $"edgewise: {pdb}: this PDB is of another build of Edgewise.Tests.dll, so lines are left out\n"), (exitCode, error));
        Assert.StartsWith("Edgewise.Tests.dll:0x", output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_run_wrote_reads_back_even_under_another_name()
    {
        byte[] counters = new byte[_folder.Points.PointCount];
        counters[4] = 200;
        RunRecord record = new() { ToolVersion = "1", Program = "App.dll", Arguments = [], ProcessId = 7, End = new RunEnd(RunEndKind.Exit, 0) };
        string coverage = Path.Combine(_folder.Folder, "run");
        RunModule written = Assert.Single(DumpWriter.Write(coverage, record, [new DumpModule(_folder.Points, "", counters)]).Modules);
        // As for the second of two modules of one name: only the record tells which module it is.
        string renamed = Path.Combine(coverage, "Edgewise.Tests.dll.0123.7.sancov");
        File.Move(Path.Combine(coverage, written.SancovFile!), renamed);
        RunFile.Write(Path.Combine(coverage, FileNames.Run(7)), record with { Modules = [written with { SancovFile = Path.GetFileName(renamed) }] });

        Assert.Equal((0, $"0x{_folder.Points.Pcs[4]:x}\n", ""), CoverageFolder.Run("print", _folder.Original, renamed));
    }

    [Fact]
    public void Files_of_32_bits_and_zeros_in_them_are_read()
    {
        string run = _folder.WriteRun(1, []);
        byte[] content = [0x32, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xBF, 0xC0, 0, 0, 0, 0, .. BitConverter.GetBytes(_folder.Points.Pcs[2])];
        File.WriteAllBytes(run, content);

        Assert.Equal((0, $"0x{_folder.Points.Pcs[2]:x}\n", ""), CoverageFolder.Run("print", _folder.Original, run));
        Assert.Equal((0, $"0x{_folder.Points.Pcs[2]:x}\n", ""), CoverageFolder.Run("print", run));
    }

    [Fact]
    public void Json_has_the_same_numbers_and_goes_to_a_file_beside_the_text_or_instead_of_it()
    {
        string run = _folder.WriteRun(1, Pcs(0, 1)), file = Path.Combine(_folder.Folder, "out.json");

        (int exitCode, string text, _) = CoverageFolder.Run("stats", "--json", file, _folder.Original, run);
        string alone = CoverageFolder.Run("stats", "--json", "-", _folder.Original, run).Output;

        using JsonDocument document = JsonDocument.Parse(alone);
        JsonElement module = document.RootElement.GetProperty("modules")[0];
        Assert.Equal(File.ReadAllText(file), alone);
        Assert.Equal((0, "stats", CoverageFolder.ModuleName), (exitCode, document.RootElement.GetProperty("action").GetString(), module.GetProperty("module").GetString()));
        Assert.Contains($"all-edges: {module.GetProperty("edges").GetInt32()}\ncov-edges: {module.GetProperty("coveredEdges").GetInt32()}\n", text, StringComparison.Ordinal);
        Assert.Equal(Convert.ToHexStringLower(_folder.Points.OriginalHash), module.GetProperty("originalHash").GetString());
    }

    private ulong[] Pcs(params int[] points) => [.. points.Select(point => (ulong)_folder.Points.Pcs[point])];

    private string[] UserFunctions(bool excluded) =>
    [
        .. _folder.Points.Methods.Where(method => excluded || !_symbols.IsExcluded(method.Token)).Select(method => _symbols.UserMethodOf(method.Token)).Where(static token => token != 0).Distinct().Select(static token => $"{token:x8}"),
    ];

    private string UserFunction(int token) => _symbols.NameOf(_symbols.UserMethodOf(token));

    private static string Name(int token) => typeof(Specimens).Assembly.ManifestModule.ResolveMethod(token)!.Name;
}
