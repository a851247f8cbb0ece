using Edgewise.Native;
using Edgewise.Tests.Runtime;

namespace Edgewise.IntegrationTests.Native;

/// <summary>Every name of the ABI is there, and does what it should.</summary>
public sealed class NativeExportTests
{
    private static readonly string[] Names =
    [
        .. "trace_pc_guard trace_pc_guard_init trace_pc trace_pc_indir trace_pc_entry trace_pc_exit 8bit_counters_init bool_flag_init pcs_init cfs_init trace_cmp trace_cmp1 trace_cmp2 trace_cmp4 trace_cmp8 trace_const_cmp1 trace_const_cmp2 trace_const_cmp4 trace_const_cmp8 trace_switch trace_div4 trace_div8 trace_gep load1 load2 load4 load8 load16 store1 store2 store4 store8 store16 trace_args trace_ret stack_depth dump reset with_check init module_init indir_call16 trace_func_enter trace_basic_block"
            .Split(' ').Select(name => "__sanitizer_cov_" + name),
        .. "cov dump_coverage dump_trace_pc_guard_coverage symbolize_pc get_module_and_offset_for_pc set_death_callback print_stack_trace sandbox_on_notify install_malloc_and_free_hooks weak_hook_memcmp weak_hook_strncmp weak_hook_strcmp weak_hook_strncasecmp weak_hook_strcasecmp weak_hook_strstr weak_hook_strcasestr weak_hook_memmem maybe_open_cov_file get_total_unique_coverage get_total_unique_caller_callee_pairs reset_coverage get_coverage_guards get_number_of_counters update_counter_bitset_and_clear_counters set_coverage_pc_buffer get_coverage_pc_buffer_pos"
            .Split(' ').Select(name => "__sanitizer_" + name),
        "__sancov_lowest_stack", "LLVMFuzzerRunDriver", "LLVMFuzzerMutate",
    ];

    [Fact]
    public void The_shared_library_exports_every_name_and_no_other()
    {
        NativePrograms.NeedClang();

        string listing = NativePrograms.Run("nm", ["-D", "--defined-only", NativePrograms.SharedRuntime]);

        IEnumerable<string> exported = listing.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[^1]);
        Assert.Equal(
            Names.Order(StringComparer.Ordinal),
            exported.Where(name => name != "dlclose" && !name.StartsWith("edgewise_", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_no_compiler_of_today_calls_answers_as_it_should()
    {
        using var folder = new TemporaryFolder();
        string program = NativePrograms.BuildWithGcc("exports.c", folder.Path);
        File.WriteAllText(folder.File("input"), "hello");

        (int code, string output, string error) = NativePrograms.Start(program, [folder.File("input")], folder.Path, ("EDGEWISE_OPTIONS", "coverage=1"));

        Assert.DoesNotContain("WRONG", output, StringComparison.Ordinal);
        Assert.EndsWith("ok __sanitizer_set_death_callback\n", output, StringComparison.Ordinal);
        Assert.Equal(134, code);
        Assert.Contains("    #1 0x", error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_hooks_hear_of_comparisons_from_a_sanitizer_and_its_death_leaves_files()
    {
        Assert.SkipUnless(NativePrograms.HasAddressSanitizer, "needs gcc with AddressSanitizer");
        using var folder = new TemporaryFolder();
        string program = NativePrograms.BuildWithGcc(
            "sanitized.c", folder.Path, "-fno-builtin", "-fsanitize=address", "-fsanitize-coverage=trace-pc,trace-cmp", NativePrograms.StaticRuntime);

        (int code, _, string error) = NativePrograms.Start(
            program, ["farewell", "8"], folder.Path, ("EDGEWISE_OPTIONS", "coverage=1"), ("EDGEWISE_MAP_FILE", folder.File("map")), ("ASAN_OPTIONS", "detect_leaks=0"));

        Assert.Equal(1, code);
        Assert.Contains("heap-buffer-overflow", error, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(folder.File("coverage"), "sanitized.*.sancov"));
        using NativeCoverage coverage = NativeTarget.Attach(folder.File("map"));
        IReadOnlyList<NativeSequence> heard = coverage.Sequences(out _);
        Assert.Equal(2, heard.Count);
        Assert.Contains(heard, s => !s.IsText && !s.IsEqual && s.Left.AsSpan().SequenceEqual("qqqqqq"u8) && s.Right.AsSpan().SequenceEqual("farewe"u8));
        Assert.Contains(heard, s => s.Place.Image?.Path == program && s.IsText && !s.IsEqual && s.Left.AsSpan().SequenceEqual("farewell"u8) && s.Right.AsSpan().SequenceEqual("hello"u8));
    }

    [Fact]
    public void A_program_of_2016_leaves_the_files_of_2016()
    {
        using var folder = new TemporaryFolder();
        string program = NativePrograms.BuildWithGcc("old2016.c", folder.Path);

        (_, string output, _) = NativePrograms.Start(program, [], folder.Path, ("EDGEWISE_OPTIONS", "coverage=1:coverage_bitset=1:coverage_counters=1"));

        Assert.Equal("3 1\n", output);
        string coverage = folder.File("coverage");
        Assert.Equal("11100", File.ReadAllText(Assert.Single(Directory.GetFiles(coverage, "*.bitset-sancov"))));
        Assert.Equal([1, 8, 1, 0, 0], File.ReadAllBytes(Assert.Single(Directory.GetFiles(coverage, "*.counters-sancov"))));
        Assert.Equal(2, File.ReadAllLines(Assert.Single(Directory.GetFiles(coverage, "caller-callee.*"))).Length);
    }

    [Fact]
    public void Its_trace_has_the_events_in_their_order()
    {
        using var folder = new TemporaryFolder();
        string program = NativePrograms.BuildWithGcc("old2016.c", folder.Path);

        NativePrograms.Start(program, ["trace"], folder.Path, ("EDGEWISE_OPTIONS", "coverage=1"));

        string coverage = folder.File("coverage");
        byte[] events = File.ReadAllBytes(Assert.Single(Directory.GetFiles(coverage, "trace-events.*")));
        Assert.Equal([0, 1, 1, 1, 1, 1, 2], Enumerable.Range(0, events.Length / 4).Select(i => BitConverter.ToInt32(events, i * 4)));
        string[] points = File.ReadAllLines(Assert.Single(Directory.GetFiles(coverage, "trace-points.*")));
        Assert.Equal(5, points.Length);
        Assert.StartsWith(program + " 0x", points[1], StringComparison.Ordinal);
        Assert.Equal("<unknown> 0x0", points[4]);
        Assert.Equal(["old2016.c"], File.ReadAllLines(Assert.Single(Directory.GetFiles(coverage, "trace-compunits.*"))));
    }
}
