using Edgewise.Tests.Cli;
using Edgewise.Tests.Symbols.Elf;

namespace Edgewise.Tests.Sancov.Native;

/// <summary>The command lines for LLVM 14's tool give its answers, or ours with a reason.</summary>
public sealed class GoldenTests
{
    private static readonly string[] WithDebugInformation = ["cf1", "cf12", "edge_cf", "ncf1", "edge_ncf", "sym1", "sym1_strip", "edge_sym", "sym12", "stats1", "edge_stats"];

    public static TheoryData<string> Names => [.. GoldenCase.All.Select(golden => golden.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_command_line_for_LLVMs_tool_gives_its_answer(string name)
    {
        GoldenCase golden = GoldenCase.All.Single(known => known.Name == name);
        Assert.SkipWhen(WithDebugInformation.Contains(name) && !HasSymbolizer(), "llvm-symbolizer is not on PATH");

        CommandRun run = CommandRun.Of(["sancov", .. Arguments(name)]);

        string stored = File.ReadAllText(Binaries.Golden($"golden/{name}.out"));
        string[] errors = golden.Error is null ? [] : [$"edgewise: {Path.Combine(Binaries.Golden(""), golden.Error)}"];
        Assert.Equal(errors, run.Errors);
        Assert.Equal(golden.ExitCode, run.ExitCode);
        Assert.Equal(golden.Deviation is null, stored == run.Output);
    }

    [Fact]
    public void Several_files_of_a_binary_print_the_sorted_union() =>
        Assert.Equal("0xdeeaf\n0xdeeda\n0xdef09\n0xdef1e\n", CommandRun.Of(["sancov", .. Arguments("print12")]).Output);

    [Fact]
    public void Every_stored_answer_is_in_the_table()
    {
        string[] stored = [.. Directory.GetFiles(Binaries.Golden("golden"), "*.cmd").Select(file => Path.GetFileNameWithoutExtension(file)!).Order()];

        // Without an action there is only a hint at what there is, in other words than LLVM's.
        Assert.Equal(stored, GoldenCase.All.Select(golden => golden.Name).Append("noaction").Order());
    }

    internal static bool HasSymbolizer() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => Directory.Exists(folder) && Directory.EnumerateFiles(folder, "llvm-symbolizer*").Any());

    private static IEnumerable<string> Arguments(string name) => File.ReadAllText(Binaries.Golden($"golden/{name}.cmd")).Trim().Split(' ').Skip(1)
        .Select(argument => argument.StartsWith('-') ? argument : Binaries.Golden(argument));
}
