using Edgewise.Instrumentation.Flow;
using Edgewise.Runtime.Formats;
using static Edgewise.Tests.Instrumentation.Flow.Graphs;

namespace Edgewise.Tests.Instrumentation.Flow;

public sealed class PointSelectionTests
{
    // 0: ldarg.0; brtrue 3 │ 1: <body>; br 3 │ 2: ret, reached by both: an if without an else.
    private static Graphs IfThen(params byte[] then) => Of(true, [LdArg0, BrTrue, (byte)(then.Length + 2), .. then, Br, 0, Ret]);

    [Fact]
    public void Without_pruning_every_block_and_split_edge_has_a_point()
    {
        NodeRule[] rules = IfThen(Nop).Rules(Pruning.None);

        Assert.Equal(Enumerable.Repeat(NodeRule.Point, 4), rules);
    }

    [Fact]
    public void Llvm_prunes_the_join_of_an_if_even_where_its_body_throws()
    {
        NodeRule[] rules = IfThen(Throwing).Rules(Pruning.Llvm);

        Assert.Equal([NodeRule.Point, NodeRule.Point, NodeRule.ImpliedByPredecessors, NodeRule.Point], rules);
    }

    [Fact]
    public void Exact_keeps_the_join_of_an_if_whose_body_throws()
    {
        NodeRule[] rules = IfThen(Throwing).Rules(Pruning.Exact);

        Assert.Equal(NodeRule.Point, rules[2]);
    }

    [Fact]
    public void Exact_prunes_the_join_of_an_if_whose_body_cannot_throw()
    {
        NodeRule[] rules = IfThen(Nop).Rules(Pruning.Exact);

        Assert.Equal(NodeRule.ImpliedByPredecessors, rules[2]);
    }

    [Fact]
    public void Exact_prunes_an_entry_that_cannot_throw_if_asked_to()
    {
        Assert.Equal(NodeRule.ImpliedBySuccessors, IfThen(Nop).Rules(Pruning.Exact, pruneEntry: true)[0]);
        Assert.Equal(NodeRule.Point, IfThen(Nop).Rules(Pruning.Exact, pruneEntry: false)[0]);
    }

    [Fact]
    public void Exact_keeps_an_entry_that_may_throw_before_its_branch()
    {
        Graphs method = Of(true, [.. Throwing, LdArg0, BrTrue, 1, Ret, Ret]);

        Assert.Equal(NodeRule.Point, method.Rules(Pruning.Exact, pruneEntry: true)[0]);
        Assert.Equal(NodeRule.ImpliedBySuccessors, method.Rules(Pruning.Llvm, pruneEntry: true)[0]);
    }

    [Fact]
    public void A_loop_without_end_keeps_a_point_under_every_pruning()
    {
        // 0: ldarg.0; brtrue 2 │ 1: ret │ 2: nop; br 2
        Graphs method = Of(true, LdArg0, BrTrue, 1, Ret, Nop, Br, 0xFD);

        Assert.Equal(NodeRule.Point, method.Rules(Pruning.Exact)[2]);
        Assert.Equal(NodeRule.Point, method.Rules(Pruning.None)[2]);
    }

    [Fact]
    public void Code_behind_a_return_that_nothing_leads_to_has_no_point()
    {
        Graphs method = Of(true, Ret, Nop, Ret);

        Assert.Equal([NodeRule.Point, NodeRule.Unreachable], method.Rules(Pruning.None));
    }

    [Fact]
    public void Blocks_that_would_imply_each_other_in_a_ring_keep_one_point()
    {
        // 0: nop, falls into the loop │ 1: nop; nop │ 2: ldarg.0; brtrue 1 │ 3: ret. Entry and header imply each other unless one is kept.
        Graphs method = Of(false, Nop, Br, 0, Nop, Br, 0, LdArg0, BrTrue, 0xFA, Ret);

        PointSelection selection = new();

        selection.Select(method.Graph, Pruning.Exact, pruneEntry: true);

        Assert.Contains(selection.Rules[..method.Graph.NodeCount], rule => rule != NodeRule.Point);
        Assert.All(Enumerable.Range(0, method.Graph.NodeCount), node => Assert.True(LeadsToPoints(method.Graph, selection, node, [])));
    }

    private static bool LeadsToPoints(BlockGraph graph, PointSelection selection, int node, HashSet<int> path)
    {
        if (selection.Rules[node] == NodeRule.Point)
        {
            return true;
        }

        if (!path.Add(node))
        {
            return false;
        }

        foreach (int implying in selection.Implying(graph, node))
        {
            if (!LeadsToPoints(graph, selection, implying, [.. path]))
            {
                return false;
            }
        }

        return true;
    }
}
