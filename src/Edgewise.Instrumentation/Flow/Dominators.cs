namespace Edgewise.Instrumentation.Flow;

/// <summary>
/// Immediate dominators of a graph. K. D. Cooper, T. J. Harvey, K. Kennedy, "A Simple, Fast Dominance Algorithm", 2001.
/// Reused from one graph to the next.
/// </summary>
/// <remarks>
/// Invariant: after <see cref="Compute"/>, <see cref="ImmediateDominator"/> of a node that the root reaches is its closest strict dominator
/// (of the root: itself), of any other node -1. For an edge B → S it follows that B dominates S exactly if it is S or S's immediate dominator.
/// </remarks>
internal sealed class Dominators
{
    private int[] _order = new int[64];
    private int[] _number = new int[64];
    private int[] _stack = new int[64];
    private int[] _next = new int[64];

    /// <summary>The immediate dominator of each node.</summary>
    public int[] ImmediateDominator { get; private set; } = new int[64];

    /// <summary>Computes the dominators of all nodes that the root reaches.</summary>
    /// <param name="nodeCount">Number of nodes.</param>
    /// <param name="root">Where all paths begin.</param>
    /// <param name="forward">Successors of the nodes.</param>
    /// <param name="backward">Their predecessors.</param>
    public void Compute(int nodeCount, int root, AdjacencyList forward, AdjacencyList backward)
    {
        Reserve(nodeCount);
        int visited = NumberInPostorder(root, forward);
        int[] immediate = ImmediateDominator;
        immediate[root] = root;
        bool changed = true;
        while (changed)
        {
            changed = false;
            for (int i = visited - 2; i >= 0; i--)
            {
                int node = _order[i];
                int candidate = -1;
                for (int p = backward.First[node]; p < backward.First[node + 1]; p++)
                {
                    int predecessor = backward.Items[p];
                    if (immediate[predecessor] >= 0)
                    {
                        candidate = candidate < 0 ? predecessor : Intersect(predecessor, candidate);
                    }
                }

                if (immediate[node] != candidate)
                {
                    immediate[node] = candidate;
                    changed = true;
                }
            }
        }
    }

    private void Reserve(int nodeCount)
    {
        if (_order.Length < nodeCount)
        {
            int size = Math.Max(nodeCount, _order.Length * 2);
            _order = new int[size];
            _number = new int[size];
            _stack = new int[size];
            _next = new int[size];
            ImmediateDominator = new int[size];
        }

        Array.Fill(_number, -1, 0, nodeCount);
        Array.Fill(ImmediateDominator, -1, 0, nodeCount);
    }

    private int NumberInPostorder(int root, AdjacencyList forward)
    {
        const int Open = int.MaxValue;
        int depth = 0;
        int count = 0;
        _stack[depth] = root;
        _next[depth++] = forward.First[root];
        _number[root] = Open;
        while (depth > 0)
        {
            int node = _stack[depth - 1];
            int item = _next[depth - 1];
            if (item == forward.First[node + 1])
            {
                depth--;
                _number[node] = count;
                _order[count++] = node;
                continue;
            }

            _next[depth - 1] = item + 1;
            int successor = forward.Items[item];
            if (_number[successor] < 0)
            {
                _number[successor] = Open;
                _stack[depth] = successor;
                _next[depth++] = forward.First[successor];
            }
        }

        return count;
    }

    private int Intersect(int left, int right)
    {
        int[] number = _number;
        int[] immediate = ImmediateDominator;
        while (left != right)
        {
            while (number[left] < number[right])
            {
                left = immediate[left];
            }

            while (number[right] < number[left])
            {
                right = immediate[right];
            }
        }

        return left;
    }
}
