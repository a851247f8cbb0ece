using Edgewise.Instrumentation;
using Edgewise.Runtime.Dump;
using Edgewise.Runtime.Formats;
using Edgewise.Tests.Symbols;

namespace Edgewise.Tests.Sancov;

/// <summary>Modules of which nothing ran, so that their runs left no <c>.sancov</c> file: they count in full, where a point set tells that they were instrumented.</summary>
public sealed class UncoveredModuleTests : IDisposable
{
    private const string Other = "Edgewise.Feedback.dll";

    private readonly CoverageFolder _folder = new();
    private readonly string _other = Path.Combine(AppContext.BaseDirectory, Other);
    private readonly InstrumentationResult _instrumented =
        Instrumenter.Instrument(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, Other)), null, Other, new InstrumentationOptions());

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_record_of_a_run_tells_it_and_nothing_need_be_said()
    {
        (string sancov, string? otherSancov) = WriteRun(otherHits: 0);

        (int exitCode, string output, string error) = CoverageFolder.Run("stats", _other, _folder.Original, sancov);

        Assert.Null(otherSancov);
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains($"{Other}:\nall-edges: {_instrumented.Points.PointCount}\ncov-edges: 0\nall-functions: ", output, StringComparison.Ordinal);
        Assert.Contains($"{CoverageFolder.ModuleName}:\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void All_of_its_functions_are_not_covered_functions()
    {
        string image = _folder.Write(Path.Combine("image", Other), _instrumented.Image);
        string covered = _folder.Write(Path.Combine("hit", FileNames.Sancov(Other, 1)), SancovFile.Encode([]));
        string expected = CoverageFolder.Run("not-covered-functions", image, covered).Output;

        (int exitCode, string output, _) = CoverageFolder.Run("not-covered-functions", image);

        Assert.Equal((0, expected), (exitCode, output));
        Assert.Contains("Edgewise.Feedback.History.", output, StringComparison.Ordinal);
        Assert.Equal((0, ""), (CoverageFolder.Run("covered-functions", image).ExitCode, CoverageFolder.Run("covered-functions", image).Output));
    }

    [Fact]
    public void A_module_that_ran_and_whose_file_was_forgotten_is_left_out()
    {
        (string sancov, string? otherSancov) = WriteRun(otherHits: 5);

        (int exitCode, string output, string error) = CoverageFolder.Run("stats", _other, _folder.Original, sancov);

        Assert.Equal((0, $"edgewise: {_other}: left out, for {otherSancov}, what ran of it, is not among the files\n"), (exitCode, error));
        Assert.Equal(CoverageFolder.Run("stats", _folder.Original, sancov).Output, output);
    }

    [Fact]
    public void Without_a_record_a_point_set_is_enough_and_what_was_assumed_is_said()
    {
        string points = FileNames.Points(Other, _instrumented.Points.IdentityText);
        byte[] set = PointSetCodec.Write(_instrumented.Points);
        string argument = _folder.Write(Path.Combine("elsewhere", points), set), image = _folder.Write(Path.Combine("image", Other), _instrumented.Image);
        string sancov = _folder.WriteRun(1, [(ulong)_folder.Points.Pcs[0]]);
        string expected = $"all-edges: {_instrumented.Points.PointCount}\ncov-edges: 0\n";

        AssertAssumed(CoverageFolder.Run("stats", _other, argument), _other, expected);
        AssertAssumed(CoverageFolder.Run("stats", image), image, expected);
        _folder.Write(Path.Combine("coverage", points), set);
        AssertAssumed(CoverageFolder.Run("stats", _other, _folder.Original, sancov), _other, $"{Other}:\n{expected}");
    }

    [Fact]
    public void A_run_or_a_point_set_of_another_build_names_both_hashes()
    {
        (string sancov, _) = WriteRun(otherHits: 0);
        byte[] changed = [.. File.ReadAllBytes(_other), 0];
        string rebuilt = _folder.Write(Path.Combine("rebuilt", Other), changed);
        string points = Path.Combine(Path.GetDirectoryName(sancov)!, FileNames.Points(Other, _instrumented.Points.IdentityText));
        string message = $"edgewise: {points}: of another build of {Other}: {Hash(_instrumented.Points.OriginalHash)}, "
            + $"but {rebuilt} is {Hash(System.Security.Cryptography.SHA256.HashData(changed))}\n";

        (int exitCode, string output, string error) = CoverageFolder.Run("stats", rebuilt, _folder.Original, sancov);
        Assert.Equal((1, message), (exitCode, error));
        Assert.StartsWith("all-edges: ", output, StringComparison.Ordinal);
        Assert.Equal((1, "", message), CoverageFolder.Run("stats", rebuilt, points));
    }

    private static string Hash(byte[] hash) => Convert.ToHexStringLower(hash);

    private static void AssertAssumed((int ExitCode, string Output, string Error) run, string module, string expected)
    {
        Assert.Equal((0, $"edgewise: {module}: no .sancov file of this module is among the files, so nothing of it counts as covered\n"), (run.ExitCode, run.Error));
        Assert.StartsWith(expected, run.Output, StringComparison.Ordinal);
    }

    /// <summary>What a process leaves that ran some of this test assembly and so many points of the other module.</summary>
    private (string Sancov, string? OtherSancov) WriteRun(int otherHits)
    {
        string coverage = Path.Combine(_folder.Folder, "run");
        byte[] counters = new byte[_folder.Points.PointCount], others = new byte[_instrumented.Points.PointCount];
        counters[3] = 1;
        others.AsSpan(0, otherHits).Fill(1);
        RunRecord run = new() { ToolVersion = "1", Program = "App.dll", Arguments = [], ProcessId = 7, End = new RunEnd(RunEndKind.Exit, 0) };
        RunRecord written = DumpWriter.Write(coverage, run, [new DumpModule(_folder.Points, "", counters), new DumpModule(_instrumented.Points, "", others)]);
        string? PathOf(int module) => written.Modules[module].SancovFile is { } file ? Path.Combine(coverage, file) : null;
        return (PathOf(0)!, PathOf(1));
    }
}
