using System.Buffers.Binary;
using Edgewise.IntegrationTests.Run;
using Edgewise.Native;
using Edgewise.Runtime.Formats;
using Edgewise.Tests.Runtime;

namespace Edgewise.IntegrationTests.Native;

/// <summary>A shared object in this process, and a process through its map file.</summary>
public sealed class NativeTargetTests
{
    private const string All = "trace-cmp,trace-div,trace-gep,indirect-calls,stack-depth";

    [Theory]
    [InlineData("inline-8bit-counters,pc-table", NativeModuleKind.Counters)]
    [InlineData("trace-pc-guard", NativeModuleKind.Guards)]
    public void Counters_of_a_loaded_target_are_visible_and_cleared(string features, NativeModuleKind kind)
    {
        using var folder = new TemporaryFolder();
        string path = NativePrograms.BuildShared("target.c", folder.File($"counted-{kind}.so"), features);
        using NativeTarget target = NativeTarget.Load(path, runtimePath: NativePrograms.SharedRuntime);
        NativeModule module = Assert.Single(target.Coverage.Modules, module => module.Image.Path == path);

        target.Reset();
        int refused = target.Run([1, 2]);
        int covered = Covered(target, module);
        int taken = target.Run(Input(0xFEEDBEEF));

        Assert.Equal((-1, 0, kind), (refused, taken, module.Kind));
        Assert.InRange(covered, 1, Covered(target, module) - 1);
        Assert.Contains("reached_magic", NativePrograms.Functions(path, target.Coverage.CoveredPcs(module)));
        target.Reset();
        Assert.Equal(0, Covered(target, module));
    }

    [Fact]
    public void Compares_switches_divisors_indices_and_calls_of_a_run_are_visible()
    {
        using var folder = new TemporaryFolder();
        string path = NativePrograms.BuildShared("target.c", folder.File("flow.so"), "inline-8bit-counters,pc-table," + All);
        using NativeTarget target = NativeTarget.Load(path, runtimePath: NativePrograms.SharedRuntime);

        target.Reset();
        target.Run(Input(12345, index: 77, function: 1, depth: 9));

        NativeCompare[] compares = [.. target.Coverage.Compares(out uint lost).Where(compare => compare.Place.Image?.Path == path)];
        Assert.Equal(0u, lost);
        Assert.Contains(compares, c => c is { Kind: SiteKind.ConstantCompare, Width: 4, Left: 0xFEEDBEEF, Right: 12345, Hits: 1 });
        NativeCompare choice = Assert.Single(compares, c => c.Kind == SiteKind.Switch);
        Assert.Equal(12345UL, choice.Left);
        Assert.Equal([17, 4711, 100000], choice.Cases);
        Assert.Contains(compares, c => c is { Kind: SiteKind.Division, Width: 4, Left: 12345 });
        Assert.Contains(compares, c => c is { Kind: SiteKind.Index, Left: 77 });
        NativeCall call = Assert.Single(target.Coverage.Calls(out _), call => call.Caller.Image?.Path == path);
        Assert.Equal(["thrice"], NativePrograms.Functions(path, [call.Callee.Pc]));
        Assert.Equal(["LLVMFuzzerTestOneInput"], NativePrograms.Functions(path, [call.Caller.Pc]));
    }

    [Fact]
    public void The_stack_of_a_deeper_run_reaches_lower()
    {
        using var folder = new TemporaryFolder();
        string path = NativePrograms.BuildShared("target.c", folder.File("deep.so"), "inline-8bit-counters,pc-table," + All);
        using NativeTarget target = NativeTarget.Load(path, runtimePath: NativePrograms.SharedRuntime);

        nuint[] lowest = [.. new byte[] { 0, 15 }.Select(depth =>
        {
            target.Reset();
            target.Run(Input(1, depth: depth));
            return target.LowestStack;
        })];

        Assert.True(lowest[0] - lowest[1] > 14 * 32, $"{lowest[0]:x} and {lowest[1]:x}");
    }

    [Fact]
    public void Any_exported_function_can_be_the_entry_and_a_runtime_of_its_own_is_used()
    {
        using var folder = new TemporaryFolder();
        NativePrograms.NeedClang();
        string path = NativePrograms.BuildShared("target.c", folder.File("own.so"), "trace-pc-guard", NativePrograms.StaticRuntime, "-pthread");

        using NativeTarget target = NativeTarget.Load(path, "parse");

        Assert.Equal((5, 6), (target.Run("{}"u8), target.Run([])));
        Assert.NotEqual(0, target.Export(NativeTarget.FuzzEntry));
        Assert.Equal(0, target.Export("no_such_function"));
        Assert.Equal(["parse"], NativePrograms.Functions(path, target.Coverage.CoveredPcs(Assert.Single(target.Coverage.Modules, module => module.Image.Path == path))));
    }

    [Fact]
    public void What_cannot_be_loaded_is_named()
    {
        using var folder = new TemporaryFolder();
        string path = NativePrograms.BuildShared("target.c", folder.File("plain.so"), "trace-pc-guard", NativePrograms.StaticRuntime, "-pthread");
        File.WriteAllText(folder.File("text.so"), "no ELF");

        Assert.Contains("exports no function nothing", Assert.Throws<NativeException>(() => NativeTarget.Load(path, "nothing")).Message, StringComparison.Ordinal);
        Assert.Contains("there is no such file", Assert.Throws<NativeException>(() => NativeTarget.Load(folder.File("missing.so"))).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be loaded", Assert.Throws<NativeException>(() => NativeTarget.Load(folder.File("text.so"), runtimePath: NativePrograms.SharedRuntime)).Message, StringComparison.Ordinal);
        Assert.Contains("-fno-sanitize-link-runtime", Assert.Throws<NativeException>(() => NativeTarget.Load("/lib/x86_64-linux-gnu/libm.so.6", "sin")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_running_process_is_read_live()
    {
        using var folder = new TemporaryFolder();
        string program = NativePrograms.Build("waits.c", folder.Path, "inline-8bit-counters,pc-table"), map = folder.File("map");
        var start = new System.Diagnostics.ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["EDGEWISE_MAP_FILE"] = map;
        using System.Diagnostics.Process process = NativePrograms.StartWritten(start);
        Assert.Equal("ready 0", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));

        using NativeCoverage coverage = NativeTarget.Attach(map);
        NativeModule module = Assert.Single(coverage.Modules);
        string[] before = NativePrograms.Functions(program, coverage.CoveredPcs(module));
        await process.StandardInput.WriteAsync("b\n");
        await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        Assert.Equal("ready b", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        string[] after = NativePrograms.Functions(program, coverage.CoveredPcs(module));
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(process.Id, coverage.ProcessId);
        Assert.Equal(["main"], before);
        Assert.Equal(["main", "reached_b"], after);
    }

    [Fact]
    public void Damaged_tables_are_an_error_that_names_file_and_offset()
    {
        using var folder = new TemporaryFolder();
        string program = NativePrograms.Build("branches.c", folder.Path, "trace-pc-guard,trace-cmp,indirect-calls"), map = folder.File("map");
        NativePrograms.Start(program, ["ab"], folder.Path, ("EDGEWISE_MAP_FILE", map));
        byte[] header = File.ReadAllBytes(map + ".native")[..256];
        var random = new Random(4711);
        int refused = 0;

        for (int i = 0; i < 1500; i++)
        {
            byte[] damaged = [.. header];
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            Overwrite(map + ".native", damaged);
            try
            {
                using NativeCoverage coverage = NativeTarget.Attach(map);
                coverage.Compares(out _);
                coverage.Calls(out _);
                coverage.Sequences(out _);
                _ = coverage.Modules.Select(coverage.CoveredPcs).ToArray();
            }
            catch (CoverageFormatException failure)
            {
                refused++;
                Assert.Matches("map(\\.native)?: offset [0-9]+: ", failure.Message);
            }
        }

        Assert.InRange(refused, 500, 1500);
    }

    private static void Overwrite(string path, byte[] header)
    {
        using FileStream stream = File.OpenWrite(path);
        stream.Write(header);
    }

    private static int Covered(NativeTarget target, NativeModule module) => target.Coverage.Counters(module).Length - target.Coverage.Counters(module).Count((byte)0);

    private static byte[] Input(uint value, byte index = 0, byte function = 0, byte depth = 0)
    {
        byte[] input = new byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(input, value);
        input[4] = index;
        input[5] = function;
        input[6] = depth;
        return input;
    }
}
