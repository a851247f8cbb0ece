using System.Globalization;
using Edgewise.Runtime;
using Edgewise.Runtime.Formats;
using Edgewise.Tests.Cli;
using Edgewise.Tests.Hosting;

namespace Edgewise.Tests.Instrumentation.DataFlow;

/// <summary><c>stack-depth</c>.</summary>
public sealed class StackDepthTests
{
    private static readonly byte[] Image = Compilation.Image("Depths", """
        using System;
        using System.Runtime.CompilerServices;
        public static class Depths
        {
            static int s_value = 3;
            public static int Leaf(int a) => a + 1;
            public static int LeafWithField() => s_value;
            [MethodImpl(MethodImplOptions.NoInlining)] public static int One(int a) => Leaf(a);
            [MethodImpl(MethodImplOptions.NoInlining)] public static int Recursive(int n) => n == 0 ? 0 : 1 + Recursive(n - 1);
            public static int Loop(int n) { while (n > 0) { n -= Leaf(0); } return n; }
            public static object Allocates() => new object();
            public static int Through(Func<int, int> f) => f(1);
            public static int Protected(int n) { try { return int.Parse("x"); } catch (FormatException) { return Leaf(n); } }
            public static unsafe int Pointer(int n) { delegate*<int, int> f = &Leaf; return f(n); }
        }
        """);

    // One load context for all: each takes a region of the map until it is collected.
    private static readonly FlowModule Recorded = new(Image, "Depths", CoverageFeatures.StackDepth, typeof(FlowRecorder));

    [Theory]
    [InlineData("Leaf", 0, 5)]
    [InlineData("LeafWithField", 0)]
    [InlineData("One", 1, 5)]
    [InlineData("Recursive", 4, 3)]
    [InlineData("Loop", 1, 5)]
    [InlineData("Allocates", 1)]
    [InlineData("Protected", 1, 5)]
    [InlineData("Pointer", 1, 5)]
    public void Only_methods_that_call_tell_their_depth_once_an_entry(string method, int calls, params int[] arguments)
    {
        Recorded.Trace(method, [.. arguments]);

        Assert.Equal(calls, FlowRecorder.Events.Count);
    }

    [Fact]
    public unsafe void Addresses_lie_on_the_stack_and_descend_with_each_call()
    {
        int here;
        ulong top = (ulong)&here;

        Recorded.Trace("Recursive", 5);

        ulong[] addresses = [.. FlowRecorder.Events.Select(recorded => ulong.Parse(recorded.Text.AsSpan(6), CultureInfo.InvariantCulture))];
        Assert.Equal(6, addresses.Length);
        Assert.All(addresses, address => Assert.InRange(top - address, 1UL, 1UL << 16));
        Assert.Equal(addresses.OrderDescending().Distinct(), addresses);
    }

    [Fact]
    public void The_Runtime_keeps_the_lowest_address_of_each_thread()
    {
        using FlowModule module = new(Image, "Depths", CoverageFeatures.StackDepth, null);
        SanitizerCoverage.LowestStack = nuint.MaxValue;

        module.Call("Recursive", 20);
        nuint shallow = SanitizerCoverage.LowestStack;
        module.Call("Recursive", 5);
        nuint shallower = SanitizerCoverage.LowestStack;
        nuint elsewhere = 0;
        Thread other = new(() => elsewhere = SanitizerCoverage.LowestStack);
        other.Start();
        other.Join();
        module.Call("Recursive", 200);
        nuint deep = SanitizerCoverage.LowestStack;
        SanitizerCoverage.LowestStack = nuint.MaxValue;

        Assert.Equal(nuint.MaxValue, elsewhere);
        Assert.Equal(shallow, shallower);
        Assert.InRange(shallow - deep, (nuint)(180 * 16), (nuint)(1 << 20));
        Assert.Equal(nuint.MaxValue, SanitizerCoverage.LowestStack);
    }

    [Fact]
    public void It_needs_no_points()
    {
        Recorded.Trace("One", 5);

        Assert.Single(FlowRecorder.Events);
        Assert.Empty(Recorded.Result.Points.Sites);
    }

    [Fact]
    public void Alone_on_the_command_line_it_asks_for_function_entries_only()
    {
        using TemporaryFolder folder = new();
        string input = Directory.CreateDirectory(folder.At("in")).FullName + "/Depths.dll";
        File.WriteAllBytes(input, Image);

        CommandRun alone = CommandRun.Of("instrument", input, "-o", folder.At("alone"), "--features", "stack-depth");
        CommandRun counted = CommandRun.Of("instrument", input, "-o", folder.At("counted"), "--features", "stack-depth,inline-8bit-counters");

        Assert.Contains("10 methods, 10 points", alone.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("10 points", counted.Output, StringComparison.Ordinal);
    }
}
