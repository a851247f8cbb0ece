using Edgewise.Instrumentation;
using Edgewise.Runtime.Formats;

namespace Edgewise.Tests.Sancov;

/// <summary>Bad input: exit code 1 and one line that names the file and the reason.</summary>
public sealed class SancovErrorTests : IDisposable
{
    private readonly CoverageFolder _folder = new();

    private string Hash => Convert.ToHexStringLower(_folder.Points.OriginalHash);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Coverage_of_another_build_names_both_hashes()
    {
        string run = _folder.WriteRun(1, []);
        byte[] changed = [.. File.ReadAllBytes(_folder.Original), 0];
        string other = _folder.Write(Path.Combine("other", CoverageFolder.ModuleName), changed);
        string hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(changed));
        string points = Path.Combine(Path.GetDirectoryName(run)!, FileNames.Points(CoverageFolder.ModuleName, _folder.Points.IdentityText));

        AssertError($"{run}: recorded on another build of Edgewise.Tests.dll: {points} is of {Hash}, {other} is {hash}", "stats", other, run);
    }

    [Fact]
    public void A_point_set_of_another_build_among_the_arguments_names_both_hashes()
    {
        string run = _folder.Write(Path.Combine("alone", FileNames.Sancov(CoverageFolder.ModuleName, 1)), SancovFile.Encode([]));
        byte[] changed = [.. File.ReadAllBytes(_folder.Original), 0];
        InstrumentationResult other = Instrumenter.Instrument(changed, null, CoverageFolder.ModuleName, new InstrumentationOptions());
        string points = _folder.Write("other.points", PointSetCodec.Write(other.Points));

        AssertError(
            $"{run}: recorded on another build of Edgewise.Tests.dll: {points} is of {Convert.ToHexStringLower(other.Points.OriginalHash)}, {_folder.Original} is {Hash}",
            "stats", _folder.Original, run, points);
    }

    [Fact]
    public void The_record_of_a_run_tells_another_build_too()
    {
        string run = _folder.WriteRun(3, []), hash = new('a', 64);
        RunFile.Write(Path.Combine(Path.GetDirectoryName(run)!, FileNames.Run(3)), new RunRecord
        {
            ToolVersion = "1",
            Program = "App.dll",
            Arguments = [],
            ProcessId = 3,
            End = new RunEnd(RunEndKind.Exit, 0),
            Modules = [new RunModule(CoverageFolder.ModuleName, "", hash, 1, 1, Path.GetFileName(run), "x.points")],
        });

        AssertError($"{run}: recorded on another build of Edgewise.Tests.dll: {run} is of {hash}, {_folder.Original} is {Hash}", "stats", _folder.Original, run);
    }

    [Fact]
    public void Two_point_sets_of_one_build_do_not_mix()
    {
        string edges = _folder.WriteRun(1, []), functions = _folder.WriteRun(2, [], "other");
        InstrumentationResult other = CoverageFolder.Instrument(_folder.Original, InstrumentationLevel.Func);
        string points = Path.Combine("other", FileNames.Points(CoverageFolder.ModuleName, _folder.Points.IdentityText));
        _folder.Write(points, PointSetCodec.Write(other.Points));
        string lists = Convert.ToHexStringLower(_folder.Points.SelectionHash)[..8];

        AssertErrorBesides(
            "all-edges: ",
            $"{functions}: recorded with another point set than {edges}: {other.Points.PointCount} points (level func, pruning exact, lists {lists}) "
            + $"instead of {_folder.Points.PointCount} points (level edge, pruning exact, lists {lists})",
            "stats", _folder.Original, edges, functions);
    }

    [Fact]
    public void A_PC_that_is_no_point_is_named_with_how_many_there_are()
    {
        string run = _folder.WriteRun(1, [(ulong)_folder.Points.Pcs[0], 0x7fffffff, ulong.MaxValue]);

        AssertError($"{run}: 2 of its 3 PCs are no points of Edgewise.Tests.dll, the first is 0x7fffffff", "print", _folder.Original, run);
    }

    [Fact]
    public void Without_its_point_set_it_says_which_file_is_missing()
    {
        string run = _folder.WriteRun(1, []);
        string points = FileNames.Points(CoverageFolder.ModuleName, _folder.Points.IdentityText);
        string moved = Path.Combine(_folder.Folder, "moved.points");
        File.Move(Path.Combine(Path.GetDirectoryName(run)!, points), moved);

        AssertError($"{run}: its point set {points} is not beside it; give that file, or the instrumented Edgewise.Tests.dll, too", "stats", _folder.Original, run);
        Assert.Equal(0, CoverageFolder.Run("stats", _folder.Original, run, moved).ExitCode);
        Assert.Equal(0, CoverageFolder.Run("stats", _folder.Instrumented, run).ExitCode);
    }

    [Fact]
    public void Files_that_do_not_go_together_are_named()
    {
        string run = _folder.WriteRun(1, []);
        string other = _folder.Write(Path.Combine("coverage", "Other.dll.5.sancov"), SancovFile.Encode([]));
        string second = _folder.Write(Path.Combine("second", CoverageFolder.ModuleName), [.. File.ReadAllBytes(_folder.Original), 1]);
        string hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(second)));

        AssertErrorBesides("all-edges: ", $"{other}: its module Other.dll is not among the files", "stats", _folder.Original, run, other);
        AssertError($"{run}: its module Edgewise.Tests.dll is not among the files", "stats", run);
        AssertError($"{_folder.Original}: no .sancov file of this module is among the files; its name would be Edgewise.Tests.dll.PID.sancov", "stats", _folder.Original);
        AssertErrorBesides(
            "all-edges: ", $"{second}: a second Edgewise.Tests.dll: {hash}; {_folder.Original} has {Hash}. Give one build of a module", "stats", _folder.Original, second, run);
    }

    [Fact]
    public void Files_of_no_known_kind_are_named_with_what_was_expected()
    {
        string elf = _folder.Write("a.out", [0x7F, (byte)'E', (byte)'L', (byte)'F', 2]);
        string empty = _folder.Write("empty", []);
        string badName = _folder.Write("weird.sancov", SancovFile.Encode([]));
        string badMagic = _folder.Write("x.dll.1.sancov", [1, 2, 3, 4, 5, 6, 7, 8]);
        string native = _folder.Write("native.dll", [(byte)'M', (byte)'Z', 0]);
        string run = _folder.Write("native.dll.1.sancov", SancovFile.Encode([]));

        AssertError($"{elf}: ELF, offset 0: the header takes 20 bytes, and the file ends at 5", "stats", elf);
        AssertError($"{empty}: expected a .NET module, a native binary, a .sancov or .symcov file or a point set; the file is empty", "stats", empty);
        AssertError($"{badName}: expected a name like Markdig.dll.4711.sancov: the module's file name, then the number of the process", "print", badName);
        AssertError($"{badMagic}: .sancov: magic 0807060504030201; c0bfffffffffff64 or c0bfffffffffff32 expected", "print", badMagic);
        AssertError($"{_folder.Folder}: this is a folder; name the files in it", "print", _folder.Folder);
        AssertError("/nowhere/x.sancov: there is no such file", "print", "/nowhere/x.sancov");
        Assert.StartsWith($"edgewise: {run}: its point set native.dll.", CoverageFolder.Run("stats", native, run).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void JSON_that_cannot_be_written_is_an_error_and_nothing_is_printed()
    {
        string run = _folder.WriteRun(1, []), file = Path.Combine(_folder.Folder, "no such folder", "out.json");

        (int exitCode, string output, string error) = CoverageFolder.Run("stats", "--json", file, _folder.Original, run);

        Assert.Equal((1, ""), (exitCode, output));
        Assert.StartsWith($"edgewise: --json {file}: there is no folder ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_files_are_read_or_refused_by_name()
    {
        const string Module = "Edgewise.Feedback.dll";
        byte[] original = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, Module));
        InstrumentationResult small = Instrumenter.Instrument(original, null, Module, new InstrumentationOptions());
        string image = _folder.Write(Path.Combine("small", Module), small.Image);
        string run = _folder.Write(Path.Combine("small", FileNames.Sancov(Module, 1)), SancovFile.Encode([.. small.Points.Pcs.Take(20).Select(static pc => (ulong)pc)]));
        string points = _folder.Write(Path.Combine("small", FileNames.Points(Module, small.Points.IdentityText)), PointSetCodec.Write(small.Points));
        string record = _folder.Write(
            Path.Combine("small", FileNames.Run(1)),
            "{\"version\":1,\"tool\":\"1\",\"program\":\"a\",\"arguments\":[],\"processId\":1,\"end\":{\"kind\":\"Exit\",\"number\":0},\"modules\":[]}"u8.ToArray());
        (string Path, byte[] Content)[] files = [.. new[] { run, points, record, image }.Select(path => (path, File.ReadAllBytes(path)))];
        string[] paths = [.. files.Select(file => file.Path)];
        Random random = new(11);
        int refused = 0, read = 0;
        for (int i = 0; i < 1200; i++)
        {
            (string path, byte[] content) = files[i % files.Length];
            File.WriteAllBytes(path, Damaged(content, random));

            (int exitCode, string output, string error) = CoverageFolder.Run("print", image, run);

            // Point sets and records have a checksum or a grammar; PCs have none, but a stranger among them shows.
            Assert.True(exitCode == 0 ? error.Length == 0 : exitCode == 1 && output.Length == 0, error);
            if (exitCode == 1)
            {
                string[] lines = error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
                Assert.InRange(lines.Length, 1, 2);
                Assert.All(lines, line => Assert.Contains(paths, file => line.StartsWith($"edgewise: {file}: ", StringComparison.Ordinal)));
            }

            refused += exitCode;
            read += 1 - exitCode;
            File.WriteAllBytes(path, content);
        }

        Assert.True(refused > 200 && read > 50, $"{refused} refused, {read} read");
    }

    [Fact]
    public void What_goes_with_the_module_is_still_read_beside_files_that_do_not()
    {
        ulong hit = (ulong)_folder.Points.Pcs[0];
        string good = _folder.WriteRun(1, [hit]), stranger = _folder.WriteRun(2, [0x7fffffff]), cutOff = _folder.WriteRun(3, [hit]), original = _folder.Original;
        File.WriteAllText(cutOff, "none");

        (int exitCode, string output, string error) = CoverageFolder.Run("print", original, stranger, cutOff, good);

        Assert.Equal((1, $"0x{hit:x}\n"), (exitCode, output));
        Assert.Equal(
            $"edgewise: {cutOff}: .sancov: 4 bytes; the magic alone takes 8\n"
            + $"edgewise: {stranger}: 1 of its 1 PCs are no points of Edgewise.Tests.dll, the first is 0x7fffffff\n",
            error);
    }

    [Fact]
    public void A_module_whose_only_file_could_not_be_read_does_not_count_as_not_covered()
    {
        string run = _folder.WriteRun(1, []);
        File.WriteAllText(run, "none");

        (int exitCode, string output, string error) = CoverageFolder.Run("stats", _folder.Instrumented, run);

        Assert.Equal((1, ""), (exitCode, output));
        Assert.Equal($"edgewise: {run}: .sancov: 4 bytes; the magic alone takes 8\nedgewise: {_folder.Instrumented}: left out, for what ran of it stands in {run}, which could not be read\n", error);
    }

    private static byte[] Damaged(byte[] content, Random random)
    {
        byte[] damaged = [.. content];
        for (int n = random.Next(0, 4); n > 0; n--)
        {
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
        }

        return random.Next(3) == 0 ? damaged[..random.Next(damaged.Length)] : damaged;
    }

    private static void AssertErrorBesides(string start, string message, params string[] arguments)
    {
        (int exitCode, string output, string error) = CoverageFolder.Run(arguments);

        Assert.Equal((1, $"edgewise: {message}\n"), (exitCode, error));
        Assert.StartsWith(start, output, StringComparison.Ordinal);
    }

    private static void AssertError(string message, params string[] arguments) =>
        Assert.Equal((1, "", $"edgewise: {message}\n"), CoverageFolder.Run(arguments));
}
