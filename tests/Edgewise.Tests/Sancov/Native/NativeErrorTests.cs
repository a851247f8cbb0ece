using Edgewise.Runtime.Formats;
using Edgewise.Symbols.Points;
using Edgewise.Tests.Cli;
using Edgewise.Tests.Runtime;
using Edgewise.Tests.Symbols.Elf;

namespace Edgewise.Tests.Sancov.Native;

/// <summary>Native files that do not go together: an error that names the file, exit code 1, and the other files are still read.</summary>
public sealed class NativeErrorTests : IDisposable
{
    private static readonly string Binary = Binaries.Of("x86_64-guard.static");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_PC_that_is_no_point_is_named_with_how_many_there_are()
    {
        string sancov = Write("x86_64-guard.static.1.sancov", Pcs()[0], 0x1234, 0x5678);

        CommandRun run = CommandRun.Of("sancov", "print", Binary, sancov);

        Assert.Equal([$"edgewise: {sancov}: 2 of its 3 PCs are no points of {Binary}, the first is 0x1234: recorded on another build"], run.Errors);
        Assert.Equal((1, ""), (run.ExitCode, run.Output));
    }

    [Fact]
    public void A_build_id_of_another_build_is_named_beside_that_of_the_binary()
    {
        string sancov = Write("x86_64-guard.static.1.sancov", Pcs()[0]);
        File.WriteAllText(_folder.File("x86_64-guard.static.1.buildid"), "0123456789abcdef\n");

        CommandRun run = CommandRun.Of("sancov", "print", Binary, sancov);

        string expected = Binaries.Read(Binary).BuildId!;
        Assert.Equal(
            [$"edgewise: {sancov}: recorded on another build of x86_64-guard.static: its build id is 0123456789abcdef, {Binary} has {expected}"], run.Errors);
        Assert.Equal(1, run.ExitCode);
    }

    [Fact]
    public void The_build_id_of_the_binary_is_accepted()
    {
        string sancov = Write("x86_64-guard.static.1.sancov", Pcs()[0]);
        File.WriteAllText(_folder.File("x86_64-guard.static.1.buildid"), Binaries.Read(Binary).BuildId + "\n");

        CommandRun run = CommandRun.Of("sancov", "print", Binary, sancov);

        Assert.Equal((0, $"0x{Pcs()[0]:x}\n"), (run.ExitCode, run.Output));
    }

    [Fact]
    public void Files_beside_a_bad_one_are_still_read()
    {
        string good = Write("x86_64-guard.static.1.sancov", Pcs()[1]), bad = _folder.File("x86_64-guard.static.2.sancov");
        File.WriteAllText(bad, "none");

        CommandRun run = CommandRun.Of("sancov", "print", Binary, bad, good);

        Assert.Equal([$"edgewise: {bad}: .sancov: 4 bytes; the magic alone takes 8"], run.Errors);
        Assert.Equal((1, $"0x{Pcs()[1]:x}\n"), (run.ExitCode, run.Output));
    }

    [Theory]
    [InlineData("src:[a", "line 2: '[a' is no pattern")]
    [InlineData("nonsense", "line 2: 'nonsense'; src:PATTERN or fun:PATTERN expected")]
    [InlineData("[open", "line 2: '[open'; a section [NAME] expected")]
    public void A_malformed_ignore_list_names_its_line(string line, string expected)
    {
        string list = _folder.File("ignore.txt");
        File.WriteAllText(list, $"# comment\n{line}\n");

        CommandRun run = CommandRun.Of("sancov", "stats", "--symbolizer", "none", "--ignorelist", list, Binary, Write("x86_64-guard.static.1.sancov", Pcs()[0]));

        Assert.Contains(run.Errors, error => error.StartsWith($"edgewise: {list}: {expected}", StringComparison.Ordinal));
        Assert.Equal(1, run.ExitCode);
    }

    [Fact]
    public void Print_refuses_a_symcov_and_print_coverage_pcs_a_sancov()
    {
        CommandRun print = CommandRun.Of("sancov", "print", Binaries.Golden("one.symcov")), points = CommandRun.Of("sancov", "print-coverage-pcs", Binaries.Golden("a.out.1.sancov"));

        Assert.Equal((1, 1), (print.ExitCode, points.ExitCode));
        Assert.Equal(["edgewise: one.symcov: print takes .sancov files; the points of a .symcov that ran stand in its covered-points"], print.Errors);
        Assert.Equal(["edgewise: expected native binaries, instrumented .NET images or .points files, found none"], points.Errors);
    }

    [Fact]
    public void A_symboliser_that_is_not_there_is_named()
    {
        CommandRun run = CommandRun.Of("sancov", "stats", "--symbolizer", "/nowhere/llvm-symbolizer", Binary, Write("x86_64-guard.static.1.sancov", Pcs()[0]));

        Assert.Equal(["edgewise: /nowhere/llvm-symbolizer: there is no such program to name addresses with"], run.Errors);
    }

    private static ulong[] Pcs() => [.. BinaryPoints.Find(Binaries.Read(Binary)).Pcs];

    private string Write(string name, params ulong[] pcs)
    {
        File.WriteAllBytes(_folder.File(name), SancovFile.Encode(pcs));
        return _folder.File(name);
    }
}
