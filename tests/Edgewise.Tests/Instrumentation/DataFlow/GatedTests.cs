using Edgewise.Runtime;
using Edgewise.Runtime.Formats;
using Edgewise.Tests.Cli;
using Edgewise.Tests.Hosting;

namespace Edgewise.Tests.Instrumentation.DataFlow;

/// <summary><c>gated</c>. These tests set a switch of the whole process; no others use such modules.</summary>
public sealed class GatedTests : IDisposable
{
    private const CoverageFeatures Callbacks = CoverageFeatures.TracePcGuard | CoverageFeatures.TraceCmp | CoverageFeatures.TraceDiv | CoverageFeatures.TraceGep
        | CoverageFeatures.TraceLoads | CoverageFeatures.TraceStores;

    private const string All = "Guard; ConstCmp4 1 5; Div4 5; Gep 2; Store4 3; Gep 2; Load4 17";

    private static readonly byte[] Image = Compilation.Image("Gates", """
        public static class Gates
        {
            static readonly int[] s_numbers = { 1, 2, 3 };
            public static int Run(int a, int b)
            {
                var numbers = new[] { 1, 2, 3 };
                if (b == 1) { return 0; }
                int q = a / b;
                numbers[q - 1] = a;
                return numbers[q - 1];
            }
            public static int Loop(int a, int b) { int s = 0; for (int i = 1; i < b; i++) { s += a / i; } return s; }
            public static string Mixed(int i, decimal d, object o, double x)
            {
                var a = new decimal[3]; var b = new object[3]; var c = new double[3]; var e = new (object, decimal)[3];
                a[i] = d; b[i] = o; c[i] = x; e[i] = (o, d);
                return a[i] + "," + b[i] + "," + c[i] + "," + e[i] + (x == c[i]) + (x < 7.5);
            }
        }
        """);

    // One load context for most: each takes a region of the map until it is collected.
    private static readonly FlowModule Recorded = Gated();

    [Fact]
    public void Without_an_open_gate_nothing_is_called_and_with_one_everything()
    {
        Assert.Equal("", Recorded.Trace("Run", 17, 5));
        CoverageInterface.ShouldTrack = true;
        Assert.Equal(All, Recorded.Trace("Run", 17, 5));
        CoverageInterface.ShouldTrack = false;
        Assert.Equal("", Recorded.Trace("Run", 17, 5));
    }

    [Fact]
    public void A_module_that_comes_while_gates_are_open_has_an_open_one()
    {
        CoverageInterface.ShouldTrack = true;
        using FlowModule module = Gated();

        Assert.Equal(All, module.Trace("Run", 17, 5));
    }

    [Fact]
    public void Each_module_has_a_gate_of_its_own()
    {
        CoverageModule firstLoaded = Recorded.Loaded;
        using FlowModule second = Gated();
        CoverageModule secondLoaded = second.Loaded;
        Assert.NotEqual(firstLoaded.Number, secondLoaded.Number);

        firstLoaded.ShouldTrack = true;

        Assert.Equal((true, false), (firstLoaded.ShouldTrack, secondLoaded.ShouldTrack));
        Assert.Equal((All, ""), (Recorded.Trace("Run", 17, 5), second.Trace("Run", 17, 5)));
    }

    [Fact]
    public void A_module_without_the_feature_has_no_gate()
    {
        using FlowModule module = new(Image, "Gates", CoverageFeatures.TraceDiv, typeof(FlowRecorder));
        CoverageModule loaded = module.Loaded;

        loaded.ShouldTrack = false;

        Assert.Equal((false, false), (loaded.HasGate, loaded.ShouldTrack));
        Assert.Equal("Div4 5", module.Trace("Run", 17, 5));
    }

    [Fact]
    public void The_table_of_recent_compares_is_gated_too()
    {
        using FlowModule module = new(Image, "Gates", CoverageFeatures.TraceDiv | CoverageFeatures.TraceCmp | CoverageFeatures.Gated, null);

        module.Call("Run", 17, 5);
        Assert.Empty(module.Loaded.RecentCompares());
        CoverageInterface.ShouldTrack = true;
        module.Call("Run", 17, 5);

        Assert.Equal(["ConstantCompare 5 1", "Division 5 0"], module.Loaded.RecentCompares().Select(recent => $"{recent.Kind} {recent.Left} {recent.Right}"));
    }

    [Fact]
    public void A_gate_that_opens_while_compiled_code_runs_is_seen()
    {
        using FlowModule module = new(Image, "Gates", CoverageFeatures.TraceDiv | CoverageFeatures.Gated, null);
        for (int i = 0; i < 100; i++)
        {
            module.Call("Loop", 5, 1000);
            Thread.Sleep(i % 20 == 0 ? 30 : 0); // Lets it be compiled with optimisation.
        }

        Assert.Empty(module.Loaded.RecentCompares());
        CoverageInterface.ShouldTrack = true;
        module.Call("Loop", 5, 8);

        Assert.Equal(7UL, Assert.Single(module.Loaded.RecentCompares()).Left);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Operands_of_all_kinds_survive_both_ways_around_a_gate(bool isOpen)
    {
        CoverageInterface.ShouldTrack = isOpen;

        string events = Recorded.Trace("Mixed", 1, 2.5m, "text", 7.25);

        Assert.Equal(isOpen, events.Length > 0);
    }

    [Fact]
    public void Stack_depth_is_never_gated()
    {
        using FlowModule module = new(Image, "Gates", CoverageFeatures.StackDepth | CoverageFeatures.TraceDiv | CoverageFeatures.Gated, typeof(FlowRecorder));

        Assert.StartsWith("Depth", module.Trace("Mixed", 1, 2.5m, "text", 7.25), StringComparison.Ordinal);
    }

    [Fact]
    public void On_the_command_line_it_needs_a_feature_with_callbacks()
    {
        using TemporaryFolder folder = new();
        string input = Directory.CreateDirectory(folder.At("in")).FullName + "/Gates.dll";
        File.WriteAllBytes(input, Image);

        CommandRun alone = CommandRun.Of("instrument", input, "-o", folder.At("alone"), "--features", "inline-8bit-counters,gated");
        CommandRun together = CommandRun.Of("instrument", input, "-o", folder.At("together"), "--features", "inline-8bit-counters,trace-div,gated");

        Assert.Equal((1, 0), (alone.ExitCode, together.ExitCode));
        Assert.Contains("gated turns callbacks of other features on and off, so it needs one of trace-pc-guard, ", alone.Errors[0], StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.At("alone")));
    }

    public void Dispose() => CoverageInterface.ShouldTrack = false;

    private static FlowModule Gated() => new(Image, "Gates", Callbacks | CoverageFeatures.Gated, typeof(FlowRecorder));
}
