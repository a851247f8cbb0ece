using System.Reflection;
using Edgewise.Instrumentation;
using Edgewise.Runtime;
using Edgewise.Runtime.Formats;

namespace Edgewise.Tests.Instrumentation.Bodies;

/// <summary>The counts that clang 14 gives at -O0, and the critical edge of LLVM's documentation.</summary>
public sealed class ShapeTests
{
    [Theory]
    [InlineData("diamond", 1, 3, 4, 3, 4)]
    [InlineData("if-then", 1, 2, 3, 3, 4)]
    [InlineData("straight", 1, 1, 1, 1, 1)]
    [InlineData("for-loop", 1, 3, 5, 3, 5)]
    [InlineData("do-while", 1, 3, 4, 3, 5)]
    [InlineData("switch", 1, 4, 5, 4, 5)]
    [InlineData("two returns", 1, 3, 4, 3, 4)]
    public void A_shape_has_as_many_points_as_clang_gives_it(string shape, int func, int bb, int bbUnpruned, int edge, int edgeUnpruned)
    {
        byte[] image = Shapes.Image(shape);

        Assert.Equal(func, PointsOf(image, InstrumentationLevel.Func, Pruning.Llvm));
        Assert.Equal(bb, PointsOf(image, InstrumentationLevel.Bb, Pruning.Llvm));
        Assert.Equal(bbUnpruned, PointsOf(image, InstrumentationLevel.Bb, Pruning.None));
        Assert.Equal(edge, PointsOf(image, InstrumentationLevel.Edge, Pruning.Llvm));
        Assert.Equal(edgeUnpruned, PointsOf(image, InstrumentationLevel.Edge, Pruning.None));
    }

    [Fact]
    public void The_critical_edge_around_an_if_becomes_a_block_of_its_own()
    {
        // A: if (a)   B: r = 1   C: return r. The edge from A to C is critical; the dummy block on it is D.
        InstrumentationResult result = Instrument(Shapes.Image("if-then"), InstrumentationLevel.Edge, Pruning.Llvm);
        PointSet points = result.Points;

        // Blocks stand in the order A, D, B, C.
        Assert.Equal([false, true, false, false], points.Blocks.Select(block => block.IsEdge));
        Assert.Equal([0, 1, 2, -1], points.Blocks.Select(block => block.Point));
        Assert.Equal([PointKind.Entry, PointKind.Edge, PointKind.Block], points.Kinds);
        Assert.Equal([1, 1, 0], CountersAfter(result, 0));
        Assert.Equal([1, 0, 1], CountersAfter(result, 1));
        Assert.Equal([true, true, false, true], points.CoveredBlocks(CountersAfter(result, 0)));
        Assert.Equal([true, false, true, true], points.CoveredBlocks(CountersAfter(result, 1)));
    }

    [Fact]
    public void Without_edges_the_way_around_an_if_cannot_be_told()
    {
        InstrumentationResult result = Instrument(Shapes.Image("if-then"), InstrumentationLevel.Bb, Pruning.None);

        byte[] both = [.. CountersAfter(result, 0, 1).Select(count => (byte)Math.Sign(count))];

        Assert.Equal(CountersAfter(result, 1), both);
    }

    private static int PointsOf(byte[] image, InstrumentationLevel level, Pruning pruning) => Instrument(image, level, pruning).Points.PointCount;

    private static InstrumentationResult Instrument(byte[] image, InstrumentationLevel level, Pruning pruning) =>
        Instrumenter.Instrument(image, null, "Shapes.dll", new InstrumentationOptions { Level = level, Pruning = pruning });

    private static unsafe byte[] CountersAfter(InstrumentationResult result, params int[] arguments)
    {
        Assembly assembly = Assembly.Load(result.Image);
        foreach (int argument in arguments)
        {
            assembly.GetType("Shapes")!.GetMethod("Shape")!.Invoke(null, [argument]);
        }

        FieldInfo counters = assembly.GetType(Registration.HolderName)!.GetField("Counters", BindingFlags.Static | BindingFlags.NonPublic)!;
        return new Span<byte>(Pointer.Unbox(counters.GetValue(null)!), result.Points.PointCount).ToArray();
    }
}
