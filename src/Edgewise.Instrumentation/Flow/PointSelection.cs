using Edgewise.Runtime.Formats;

namespace Edgewise.Instrumentation.Flow;

/// <summary>Chooses which blocks and split edges of a method get a point, and what implies the others. Reused from one method to the next.</summary>
/// <remarks>
/// <c>llvm</c> is LLVM's shouldInstrumentBlock: a block does without a point if it dominates all its successors, or if it has several
/// predecessors and post-dominates them all. <c>exact</c> adds what makes that true where instructions throw: a block that dominates its
/// successors must not be able to throw, nor be its own successor; one that follows from its predecessors needs all of them to lead to
/// it alone and not to throw; and what implies a block must in the end be points.
/// </remarks>
internal sealed class PointSelection
{
    private readonly Dominators _dominators = new();
    private readonly Dominators _postDominators = new();
    private int[] _firstPredecessor = new int[64];
    private int[] _predecessors = new int[64];
    private bool[] _determined = new bool[64];

    /// <summary>What decides about each node.</summary>
    public NodeRule[] Rules { get; private set; } = new NodeRule[64];

    /// <summary>Predecessors of all nodes, handlers' try blocks included; valid after <see cref="Select"/>.</summary>
    public AdjacencyList Predecessors => new(_firstPredecessor, _predecessors);

    /// <summary>Chooses the points of a method.</summary>
    /// <param name="graph">Its blocks and edges.</param>
    /// <param name="pruning">The rule.</param>
    /// <param name="pruneEntry">Whether the entry block is pruned like any other.</param>
    public void Select(BlockGraph graph, Pruning pruning, bool pruneEntry)
    {
        int nodes = graph.NodeCount;
        if (Rules.Length < nodes + 1)
        {
            Rules = new NodeRule[Math.Max(nodes + 1, Rules.Length * 2)];
            _determined = new bool[Rules.Length];
        }

        for (int node = 0; node < nodes; node++)
        {
            Rules[node] = node >= graph.BlockCount || graph.Reachable[node] ? NodeRule.Point : NodeRule.Unreachable;
        }

        if (nodes == 1 || pruning == Pruning.None)
        {
            return;
        }

        LinkPredecessors(graph);
        AdjacencyList forward = new(graph.FirstSuccessor, graph.Successors);
        _dominators.Compute(nodes + 1, 0, forward, Predecessors);
        _postDominators.Compute(nodes + 1, nodes, Predecessors, forward);
        for (int node = pruneEntry ? 0 : 1; node < nodes; node++)
        {
            if (Rules[node] == NodeRule.Point)
            {
                Rules[node] = pruning == Pruning.Llvm ? LlvmRule(graph, node) : ExactRule(graph, node);
            }
        }

        if (pruning == Pruning.Exact)
        {
            KeepUndetermined(graph);
        }
    }

    private void LinkPredecessors(BlockGraph graph)
    {
        int nodes = graph.NodeCount + 1;
        int count = graph.FirstSuccessor[nodes];
        if (_firstPredecessor.Length <= nodes + 1)
        {
            _firstPredecessor = new int[Math.Max(nodes + 2, _firstPredecessor.Length * 2)];
        }

        if (_predecessors.Length < count)
        {
            _predecessors = new int[Math.Max(count, _predecessors.Length * 2)];
        }

        // Counting sort by target: first[n] counts, then holds the end of n's run, then moves down to its start while the run fills.
        int[] first = _firstPredecessor;
        Array.Clear(first, 0, nodes + 1);
        for (int node = 0; node < nodes; node++)
        {
            for (int s = graph.FirstSuccessor[node]; IsLive(graph, node) && s < graph.FirstSuccessor[node + 1]; s++)
            {
                first[graph.Successors[s]]++;
            }
        }

        for (int node = 1; node <= nodes; node++)
        {
            first[node] += first[node - 1];
        }

        for (int node = nodes - 1; node >= 0; node--)
        {
            for (int s = graph.FirstSuccessor[node]; IsLive(graph, node) && s < graph.FirstSuccessor[node + 1]; s++)
            {
                _predecessors[--first[graph.Successors[s]]] = node;
            }
        }
    }

    private static bool IsLive(BlockGraph graph, int node) => node >= graph.BlockCount || graph.Reachable[node];

    private NodeRule LlvmRule(BlockGraph graph, int node) =>
        IsFullDominator(graph, node) ? NodeRule.ImpliedBySuccessors
        : IsFullPostDominator(node) ? NodeRule.ImpliedByPredecessors
        : NodeRule.Point;

    private NodeRule ExactRule(BlockGraph graph, int node)
    {
        bool throws = node < graph.BlockCount && graph.MayThrow[node];
        return !throws && !IsOwnSuccessor(graph, node) && IsFullDominator(graph, node) ? NodeRule.ImpliedBySuccessors
            : FollowsFromPredecessors(graph, node) ? NodeRule.ImpliedByPredecessors
            : NodeRule.Point;
    }

    private bool IsFullDominator(BlockGraph graph, int node)
    {
        int first = graph.FirstSuccessor[node];
        int normal = graph.NormalSuccessors[node];
        for (int s = first; s < first + normal; s++)
        {
            int successor = graph.Successors[s];
            if (successor != node && _dominators.ImmediateDominator[successor] != node)
            {
                return false;
            }
        }

        return normal > 0;
    }

    private bool IsFullPostDominator(int node)
    {
        int first = _firstPredecessor[node];
        int end = _firstPredecessor[node + 1];
        for (int p = first; p < end; p++)
        {
            int predecessor = _predecessors[p];
            if (predecessor != node && _postDominators.ImmediateDominator[predecessor] != node)
            {
                return false;
            }
        }

        return node != 0 && end - first > 1;
    }

    private static bool IsOwnSuccessor(BlockGraph graph, int node) =>
        graph.Successors.AsSpan(graph.FirstSuccessor[node], graph.NormalSuccessors[node]).Contains(node);

    private bool FollowsFromPredecessors(BlockGraph graph, int node)
    {
        int first = _firstPredecessor[node];
        int end = _firstPredecessor[node + 1];
        if (node == 0 || end - first < 2 || (node < graph.BlockCount && graph.BeginsHandler[node]))
        {
            return false;
        }

        for (int p = first; p < end; p++)
        {
            int predecessor = _predecessors[p];
            bool throws = predecessor < graph.BlockCount && graph.MayThrow[predecessor];
            if (throws || predecessor == node || graph.NormalSuccessors[predecessor] != 1)
            {
                return false;
            }
        }

        return true;
    }

    // Pruned blocks may imply each other in a ring with no point in it; one of each ring keeps its own.
    private void KeepUndetermined(BlockGraph graph)
    {
        int nodes = graph.NodeCount;
        int open = 0;
        for (int node = 0; node < nodes; node++)
        {
            _determined[node] = Rules[node] is NodeRule.Point or NodeRule.Unreachable;
            open += _determined[node] ? 0 : 1;
        }

        while (open > 0)
        {
            int before = open;
            for (int node = nodes - 1; node >= 0; node--)
            {
                open -= Determine(graph, node);
            }

            for (int node = 0; node < nodes && open > 0; node++)
            {
                open -= Determine(graph, node);
            }

            if (open == before)
            {
                int kept = Array.IndexOf(_determined, false, 0, nodes);
                Rules[kept] = NodeRule.Point;
                _determined[kept] = true;
                open--;
            }
        }
    }

    private int Determine(BlockGraph graph, int node)
    {
        if (_determined[node])
        {
            return 0;
        }

        foreach (int implying in Implying(graph, node))
        {
            if (!_determined[implying])
            {
                return 0;
            }
        }

        _determined[node] = true;
        return 1;
    }

    /// <summary>The nodes that imply a pruned one; empty for any other.</summary>
    public ReadOnlySpan<int> Implying(BlockGraph graph, int node) => Rules[node] switch
    {
        NodeRule.ImpliedBySuccessors => graph.Successors.AsSpan(graph.FirstSuccessor[node], graph.NormalSuccessors[node]),
        NodeRule.ImpliedByPredecessors => _predecessors.AsSpan(_firstPredecessor[node], _firstPredecessor[node + 1] - _firstPredecessor[node]),
        _ => [],
    };
}
