using Edgewise.Runtime.Formats;
using Edgewise.Sancov.Legacy;
using Edgewise.Tests.Runtime;

namespace Edgewise.IntegrationTests.Native;

/// <summary>What the native runtime writes when a process ends.</summary>
public sealed class NativeDumpTests
{
    private static readonly string[] WithAAndB = ["main", "reached_a", "reached_b"];

    [Theory]
    [InlineData("trace-pc-guard")]
    [InlineData("trace-pc")]
    [InlineData("inline-8bit-counters,pc-table")]
    [InlineData("inline-bool-flag,pc-table")]
    [InlineData("func,trace-pc-guard,pc-table")]
    [InlineData("trace-pc-guard,inline-8bit-counters,inline-bool-flag,pc-table,trace-cmp")]
    public void Each_feature_leaves_the_functions_that_ran(string features)
    {
        using var folder = new TemporaryFolder();
        string program = NativePrograms.Build("branches.c", folder.Path, features);

        (int code, string output, string error) = NativePrograms.Start(program, ["aab"], folder.Path, ("EDGEWISE_OPTIONS", "coverage=1"));

        Assert.Equal((0, "a\na\nb\n", ""), (code, output, error));
        Assert.Equal(WithAAndB, NativePrograms.Functions(program, Pcs(folder, "coverage", "branches.*.sancov")));
    }

    [Fact]
    public void A_static_runtime_and_a_position_dependent_program_leave_the_same()
    {
        using var folder = new TemporaryFolder();
        NativePrograms.NeedClang();
        string program = NativePrograms.Build("branches.c", folder.Path, "trace-pc-guard", "-no-pie", NativePrograms.StaticRuntime);

        NativePrograms.Start(program, ["ab"], folder.Path, ("EDGEWISE_OPTIONS", "coverage=1"));

        ulong[] pcs = Pcs(folder, "coverage", "branches.*.sancov");
        Assert.All(pcs, pc => Assert.InRange(pc, 0x400000UL, 0x500000UL));
        Assert.Equal(WithAAndB, NativePrograms.Functions(program, pcs));
    }

    [Fact]
    public void The_build_id_stands_beside()
    {
        using var folder = new TemporaryFolder();
        string program = NativePrograms.Build("branches.c", folder.Path, "trace-pc-guard", "-Wl,--build-id=0x00112233445566778899aabbccddeeff");

        NativePrograms.Start(program, [""], folder.Path, ("EDGEWISE_OPTIONS", "coverage=1:coverage_dir=here"));

        string file = Assert.Single(Directory.GetFiles(folder.File("here"), "branches.*.buildid"));
        Assert.Equal("00112233445566778899aabbccddeeff\n", File.ReadAllText(file));
        Assert.True(File.Exists(Path.ChangeExtension(file, ".sancov")));
    }

    [Fact]
    public void The_options_of_a_sanitizer_give_its_folder_and_its_line()
    {
        using var folder = new TemporaryFolder();
        string program = NativePrograms.Build("branches.c", folder.Path, "trace-pc-guard");

        (_, _, string error) = NativePrograms.Start(program, ["a"], folder.Path, ("UBSAN_OPTIONS", "halt_on_error=1:coverage=1"));

        string file = Assert.Single(Directory.GetFiles(folder.Path, "*.sancov"));
        Assert.Equal($"SanitizerCoverage: ./{Path.GetFileName(file)}: {SancovFile.Read(file).Length} PCs written\n", error);
    }

    [Fact]
    public void Without_options_nothing_is_written_and_a_wrong_option_is_told()
    {
        using var folder = new TemporaryFolder();
        string program = NativePrograms.Build("branches.c", folder.Path, "trace-pc-guard");

        (int code, _, string error) = NativePrograms.Start(program, ["a"], folder.Path, ("EDGEWISE_OPTIONS", "covrage=1:verbosity=loud"));

        Assert.Equal(0, code);
        Assert.Equal("edgewise: EDGEWISE_OPTIONS: unknown option 'covrage'\nedgewise: EDGEWISE_OPTIONS: verbosity: 'loud' is not a number up to 268435456\n", error);
        Assert.Equal(["branches"], folder.Names());
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_told_and_the_program_goes_on()
    {
        using var folder = new TemporaryFolder();
        string program = NativePrograms.Build("branches.c", folder.Path, "trace-pc-guard");

        (int code, string output, string error) = NativePrograms.Start(program, ["a"], folder.Path, ("EDGEWISE_OPTIONS", "coverage=1:coverage_dir=branches/in"));

        Assert.Equal((0, "a\n"), (code, output));
        Assert.StartsWith("edgewise: branches/in/branches.", error, StringComparison.Ordinal);
        Assert.EndsWith(".sancov: cannot be written: Not a directory\n", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(15)]
    [InlineData(11)]
    [InlineData(6)]
    public void A_signal_that_can_be_handled_leaves_files_and_ends_the_process_as_without(int signal)
    {
        using var folder = new TemporaryFolder();
        string program = NativePrograms.Build("branches.c", folder.Path, "inline-8bit-counters,pc-table");

        (int code, _, _) = NativePrograms.Start(program, ["ab", $"{signal}"], folder.Path, ("EDGEWISE_OPTIONS", "coverage=1"));

        Assert.Equal(128 + signal, code);
        Assert.Equal(WithAAndB, NativePrograms.Functions(program, Pcs(folder, "coverage", "branches.*.sancov")));
    }

    [Fact]
    public void Counters_without_a_table_of_PCs_are_told()
    {
        using var folder = new TemporaryFolder();
        string program = NativePrograms.Build("branches.c", folder.Path, "inline-8bit-counters");

        (_, _, string error) = NativePrograms.Start(program, ["a"], folder.Path, ("EDGEWISE_OPTIONS", "coverage=1:coverage_bitset=1"));

        Assert.Equal($"edgewise: {program}: built without pc-table: its counters have no PCs for a .sancov\n", error);
        Assert.Contains('1', File.ReadAllText(Assert.Single(Directory.GetFiles(folder.File("coverage"), "*.bitset-sancov"))));
    }

    [Fact]
    public void Raw_counters_and_PCs_are_written_where_the_options_say()
    {
        using var folder = new TemporaryFolder();
        string program = NativePrograms.Build("branches.c", folder.Path, "inline-8bit-counters,pc-table");

        NativePrograms.Start(program, ["aaa"], folder.Path, ("UBSAN_OPTIONS", "cov_8bit_counters_out=c.bin:cov_pcs_out=p.bin"));

        byte[] counters = File.ReadAllBytes(folder.File("c.bin"));
        Assert.Contains((byte)3, counters);
        Assert.Equal(counters.Length * 16, File.ReadAllBytes(folder.File("p.bin")).Length);
    }

    [Fact]
    public void Code_built_by_gcc_leaves_the_same()
    {
        using var folder = new TemporaryFolder();
        string program = NativePrograms.BuildWithGcc("branches.c", folder.Path, "-fsanitize-coverage=trace-pc,trace-cmp");

        NativePrograms.Start(program, ["ab"], folder.Path, ("EDGEWISE_OPTIONS", "coverage=1"));

        Assert.Equal(WithAAndB, NativePrograms.Functions(program, Pcs(folder, "coverage", "branches.*.sancov")));
    }

    [Fact]
    public void The_packed_file_holds_the_same_PCs()
    {
        using var folder = new TemporaryFolder();
        string program = NativePrograms.Build("branches.c", folder.Path, "trace-pc-guard");

        NativePrograms.Start(program, ["ab"], folder.Path, ("EDGEWISE_OPTIONS", "coverage=1:coverage_packed=1:coverage_max_block_size=64"));

        string packed = Assert.Single(Directory.GetFiles(folder.File("coverage"), "*.packed"));
        byte[] united = Assert.Single(PackedReader.Read(packed), file => file.Module == "branches").Content;
        Assert.Equal(File.ReadAllBytes(Assert.Single(Directory.GetFiles(folder.File("coverage"), "branches.*.sancov"))), united);
    }

    private static ulong[] Pcs(TemporaryFolder folder, string name, string pattern) =>
        SancovFile.Read(Assert.Single(Directory.GetFiles(folder.File(name), pattern)));
}
