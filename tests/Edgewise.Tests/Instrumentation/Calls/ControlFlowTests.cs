using System.Reflection;
using Edgewise.Instrumentation;
using Edgewise.Runtime.Formats;
using Edgewise.Tests.Instrumentation.Bodies;

namespace Edgewise.Tests.Instrumentation.Calls;

/// <summary><c>control-flow</c>: the table of blocks, successors and callees.</summary>
public sealed class ControlFlowTests
{
    private const string Source = """
        using System;

        public class Box<T> { public T Value; public T Get() => Value; public virtual void Set(T value) => Value = value; }

        public static unsafe class Library
        {
            public static int Plain() => 5;
            public static int Calls(Box<int> box, Func<int> target, delegate*<int> pointer)
            {
                box.Set(Plain());
                int sum = box.Get() + target() + pointer();
                Console.WriteLine();
                return sum + new Box<int>().Value;
            }

            public static int Choose(int a) { if (a > 0) Plain(); return a; }
            public static int Guarded(int a) { try { return Plain(); } catch (InvalidOperationException) { return 0; } finally { Console.WriteLine(); } }
            public static int Loop(int n) { int sum = 0; while (n > 0) { sum += n--; } return sum; }
        }
        """;

    private static readonly Lazy<TracedLibrary> Library = new(() => new TracedLibrary(
        TracedLibrary.Compile(Source), CoverageFeatures.ControlFlow | CoverageFeatures.IndirectCalls, CallbackMethods.CfsInit, options => options with { Level = InstrumentationLevel.Bb, Pruning = Pruning.None }));

    [Theory]
    [InlineData("Plain", "0:")]
    [InlineData("Calls", "0: calls Plain, -1, Get, -1, -1, WriteLine, .ctor")]
    [InlineData("Choose", "0 -> 1 2; 1: calls Plain -> 2; 2:")]
    [InlineData("Loop", "0 -> 2; 1 -> 2; 2 -> 3 1; 3:")]
    public void A_row_has_the_successors_of_its_block_and_what_it_calls_in_order(string method, string rows) =>
        Assert.Equal(rows, Rows(method));

    [Fact]
    public void Handlers_are_successors_of_what_they_guard()
    {
        string[] rows = Rows("Guarded").Split("; ");

        // The call, then the catch, the finally, and the return behind them.
        Assert.StartsWith("0: calls Plain -> ", rows[0], StringComparison.Ordinal);
        Assert.Contains(rows, row => row.Contains("calls WriteLine", StringComparison.Ordinal));
        Assert.True(rows[0].Split(" -> ")[1].Split(' ').Length == 3, rows[0]);
    }

    [Fact]
    public void The_table_in_the_image_is_what_the_callback_is_told() =>
        Assert.Equal(Text(ControlFlow.Read(Library.Value.Result.Image)), Text(ControlFlow.Parse(CallLog.Table)));

    [Theory]
    [InlineData("Markdig.dll", InstrumentationLevel.Edge)]
    [InlineData("Newtonsoft.Json.dll", InstrumentationLevel.Bb)]
    public void Of_a_real_assembly_each_point_has_a_row_and_successors_have_one_too(string package, InstrumentationLevel level)
    {
        byte[] original = File.ReadAllBytes(RealAssemblies.Package(package));
        var options = new InstrumentationOptions { Level = level, Features = CoverageFeatures.Inline8BitCounters | CoverageFeatures.ControlFlow };
        InstrumentationResult result = Instrumenter.Instrument(original, null, package, options);

        IReadOnlyList<ControlFlowBlock> blocks = ControlFlow.Read(result.Image);

        HashSet<int> pcs = [.. blocks.Select(block => block.Pc)];
        Assert.Equal(blocks.Count, pcs.Count);
        Assert.Subset(pcs, new HashSet<int>(result.Points.Pcs));
        Assert.All(blocks, block => Assert.Subset(pcs, new HashSet<int>(block.Successors)));
        HashSet<long> entries = [.. result.Points.Methods.Select(method => (long)method.Rva)];
        long[] callees = [.. blocks.SelectMany(block => block.Callees)];
        Assert.All(callees.Where(callee => callee > 0), callee => Assert.Contains(callee, entries));
        Assert.True(callees.Count(callee => callee > 0) > 3000 && callees.Count(callee => callee == ControlFlow.Indirect) > 1000);
    }

    // Blocks by their number in the method.
    private static string Rows(string method)
    {
        TracedLibrary library = Library.Value;
        int token = library.Assembly.GetType("Library")!.GetMethod(method)!.MetadataToken;
        PointMethod found = Array.Find(library.Result.Points.Methods, candidate => candidate.Token == token);
        ControlFlowBlock[] blocks = [.. ControlFlow.Read(library.Result.Image).Where(block => block.Pc >= found.Rva && block.Pc < found.Rva + found.CodeSize)];
        List<ControlFlowBlock> real = [.. blocks.Where(block => Array.Exists(library.Result.Points.Blocks, known => known.Length > 0 && found.Rva + known.Start == block.Pc))];
        return string.Join("; ", real.Select((block, number) => Row(block, number, real)));
    }

    private static string Row(ControlFlowBlock block, int number, List<ControlFlowBlock> real)
    {
        string callees = string.Join(", ", block.Callees.Select(Name)), successors = string.Join(' ', block.Successors.Select(pc => real.FindIndex(other => other.Pc == pc)));
        return $"{number}{(callees.Length > 0 ? ": calls " + callees : successors.Length > 0 ? "" : ":")}{(successors.Length > 0 ? " -> " + successors : "")}";
    }

    private static string Name(long callee)
    {
        TracedLibrary library = Library.Value;
        int token = callee == ControlFlow.Indirect ? 0
            : callee > 0 ? Array.Find(library.Result.Points.Methods, method => method.Rva == callee).Token : (int)callee;
        return token == 0 ? "-1" : library.Assembly.ManifestModule.ResolveMethod(token, [typeof(int)], null)!.Name;
    }

    private static string Text(IReadOnlyList<ControlFlowBlock> blocks) =>
        string.Join('\n', blocks.Select(block => $"{block.Pc:x} -> {string.Join(' ', block.Successors)} : {string.Join(' ', block.Callees)}"));
}
