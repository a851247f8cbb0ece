using System.Runtime.InteropServices;
using Edgewise.Instrumentation.Flow;
using Edgewise.Runtime.Formats;

namespace Edgewise.Instrumentation;

/// <summary>Collects the points, blocks and implications of a module's methods, in the order in which points are numbered.</summary>
internal sealed class PointSetBuilder(int methodCapacity)
{
    private static readonly Comparer<PointMethod> ByToken = Comparer<PointMethod>.Create((left, right) => left.Token.CompareTo(right.Token));

    private readonly List<PointMethod> _methods = new(methodCapacity);
    private readonly List<PointBlock> _blocks = new(methodCapacity * 4);
    private readonly List<int> _implying = new(methodCapacity * 4);
    private readonly List<int> _pcs = new(methodCapacity * 4);
    private readonly List<PointKind> _kinds = new(methodCapacity * 4);
    private int[] _indexOfNode = new int[64];
    private int[] _nodes = new int[64];

    /// <summary>Points so far: the number of the next one.</summary>
    public int PointCount => _pcs.Count;

    /// <summary>True if a point is a method's entry.</summary>
    public bool IsEntry(int point) => _kinds[point] == PointKind.Entry;

    /// <summary>Adds a method of which only the entry has a point.</summary>
    /// <returns>The point.</returns>
    public int AddEntry(int token, int rva, int codeSize)
    {
        int point = _pcs.Count;
        _methods.Add(new PointMethod(token, rva, codeSize, _blocks.Count, 1, point, 1));
        _blocks.Add(new PointBlock(0, codeSize, point, 0, 0));
        _pcs.Add(rva);
        _kinds.Add(PointKind.Entry);
        return point;
    }

    /// <summary>Adds a method: numbers its points in the order of blocks, each split edge right behind the block that it leaves.</summary>
    /// <param name="token">MethodDef token.</param>
    /// <param name="rva">RVA of its first IL byte.</param>
    /// <param name="codeSize">Bytes of IL.</param>
    /// <param name="graph">Its blocks and edges.</param>
    /// <param name="selection">Which of them have points.</param>
    /// <param name="pcs">Their IL offsets.</param>
    /// <param name="points">Set, per node: the number of its point, or -1.</param>
    public void Add(int token, int rva, int codeSize, BlockGraph graph, PointSelection selection, PcAssignment pcs, int[] points)
    {
        Order(graph);
        int firstPoint = _pcs.Count;
        int firstBlock = _blocks.Count;
        for (int index = 0; index < graph.NodeCount; index++)
        {
            int node = _nodes[index];
            bool isEdge = node >= graph.BlockCount;
            int start = isEdge ? _blocks[^1].Start + _blocks[^1].Length : graph.Start[node];
            int length = isEdge ? 0 : graph.Start[node + 1] - start;
            points[node] = -1;
            if (selection.Rules[node] == NodeRule.Point)
            {
                points[node] = _pcs.Count;
                _pcs.Add(rva + pcs.Offsets[node]);
                _kinds.Add(isEdge ? PointKind.Edge : node == 0 ? PointKind.Entry : PointKind.Block);
            }

            int firstImplying = _implying.Count;
            AddImplying(selection.Implying(graph, node));
            _blocks.Add(new PointBlock(start, length, points[node], firstImplying, _implying.Count - firstImplying));
        }

        _methods.Add(new PointMethod(token, rva, codeSize, firstBlock, graph.NodeCount, firstPoint, _pcs.Count - firstPoint));
    }

    /// <summary>Takes the method back that was added last, if it is this one: its body stays as it was.</summary>
    /// <param name="token">MethodDef token.</param>
    public void Remove(int token)
    {
        if (_methods.Count == 0 || _methods[^1].Token != token)
        {
            return;
        }

        PointMethod last = _methods[^1];
        int implying = _blocks.Skip(last.FirstBlock).Sum(block => block.ImplyingCount);
        _implying.RemoveRange(_implying.Count - implying, implying);
        _blocks.RemoveRange(last.FirstBlock, last.BlockCount);
        _pcs.RemoveRange(last.FirstPoint, last.PointCount);
        _kinds.RemoveRange(last.FirstPoint, last.PointCount);
        _methods.RemoveAt(_methods.Count - 1);
    }

    /// <summary>Gives the nodes of a body the points that they got when its first method was added: methods that share a body share its points.</summary>
    /// <param name="token">MethodDef token of that method.</param>
    /// <param name="graph">Its blocks and edges, split as they were.</param>
    /// <param name="points">Set, per node: the number of its point, or -1.</param>
    public void Share(int token, BlockGraph graph, int[] points)
    {
        PointMethod first = _methods[_methods.BinarySearch(default(PointMethod) with { Token = token }, ByToken)];
        Order(graph);
        Array.Fill(points, -1, 0, graph.NodeCount);
        for (int index = 0; index < first.BlockCount; index++)
        {
            points[_nodes[index]] = _blocks[first.FirstBlock + index].Point;
        }
    }

    /// <summary>The finished point set.</summary>
    public PointSet Build(string moduleName, byte[] originalHash, InstrumentationOptions options, PointSite[] sites) => new()
    {
        ModuleName = moduleName,
        OriginalHash = originalHash,
        Level = options.Level,
        Features = options.Features,
        Pruning = options.Pruning,
        EntryPruned = options.PruneEntry,
        SelectionHash = options.Selection.Hash,
        Methods = [.. _methods],
        Blocks = [.. _blocks],
        Implying = [.. _implying],
        Pcs = [.. _pcs],
        Kinds = [.. _kinds],
        Sites = sites,
    };

    // Ascending and each once: parallel edges lead to one block.
    private void AddImplying(ReadOnlySpan<int> nodes)
    {
        int first = _implying.Count;
        foreach (int node in nodes)
        {
            _implying.Add(_indexOfNode[node]);
        }

        if (nodes.Length < 2)
        {
            return;
        }

        Span<int> added = CollectionsMarshal.AsSpan(_implying)[first..];
        added.Sort();
        int kept = 1;
        for (int i = 1; i < added.Length; i++)
        {
            if (added[i] != added[kept - 1])
            {
                added[kept++] = added[i];
            }
        }

        _implying.RemoveRange(first + kept, added.Length - kept);
    }

    private void Order(BlockGraph graph)
    {
        if (_nodes.Length < graph.NodeCount)
        {
            _nodes = new int[Math.Max(graph.NodeCount, _nodes.Length * 2)];
            _indexOfNode = new int[_nodes.Length];
        }

        int count = 0;
        for (int block = 0; block < graph.BlockCount; block++)
        {
            Place(block, ref count);
            for (int edge = graph.FirstEdge[block]; edge < graph.FirstEdge[block + 1]; edge++)
            {
                if (graph.EdgeNode[edge] >= 0)
                {
                    Place(graph.EdgeNode[edge], ref count);
                }
            }
        }
    }

    private void Place(int node, ref int count)
    {
        _indexOfNode[node] = count;
        _nodes[count++] = node;
    }
}
