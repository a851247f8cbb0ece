using Edgewise.Instrumentation.Il;

namespace Edgewise.Instrumentation.Flow;

/// <summary>Gives every block and split edge of a method an IL offset of its own: the identity that outlives the process.</summary>
/// <remarks>
/// A block takes its first byte, a split edge its branch's operand byte (of a switch: the k-th offset), a split fall-through the branch's
/// opcode; where one is taken, the nearest free byte behind it in the body, then before it. All nodes take part, pruned or not, so that
/// the same place has the same PC under every pruning.
/// </remarks>
internal sealed class PcAssignment
{
    private bool[] _taken = new bool[1024];

    /// <summary>IL offset of each node.</summary>
    public int[] Offsets { get; private set; } = new int[64];

    /// <summary>Assigns the offsets of a method's nodes.</summary>
    /// <exception cref="BodyException">There are more nodes than bytes.</exception>
    public void Assign(BlockGraph graph, ReadOnlySpan<byte> code)
    {
        if (Offsets.Length < graph.NodeCount)
        {
            Offsets = new int[Math.Max(graph.NodeCount, Offsets.Length * 2)];
        }

        graph.Start.AsSpan(0, graph.BlockCount).CopyTo(Offsets);
        if (graph.NodeCount == graph.BlockCount)
        {
            return;
        }

        if (_taken.Length < code.Length)
        {
            _taken = new bool[Math.Max(code.Length, _taken.Length * 2)];
        }

        Array.Clear(_taken, 0, code.Length);
        for (int block = 0; block < graph.BlockCount; block++)
        {
            _taken[graph.Start[block]] = true;
        }

        for (int block = 0; block < graph.BlockCount; block++)
        {
            for (int edge = graph.FirstEdge[block]; edge < graph.FirstEdge[block + 1]; edge++)
            {
                if (graph.EdgeNode[edge] >= 0)
                {
                    int preferred = PreferredOffset(code, graph.Terminator[block], edge - graph.FirstEdge[block]);
                    Offsets[graph.EdgeNode[edge]] = Take(preferred, code.Length);
                }
            }
        }
    }

    // Edge 0 of a block that branches is its fall-through; edge k of a switch is arm k - 1.
    private static int PreferredOffset(ReadOnlySpan<byte> code, int terminator, int index) =>
        index == 0 ? terminator
        : code[terminator] == Opcode.Switch ? terminator + 5 + ((index - 1) * 4)
        : terminator + 1;

    private int Take(int preferred, int codeSize)
    {
        int behind = Array.IndexOf(_taken, false, preferred, codeSize - preferred);
        int free = behind >= 0 ? behind : Array.LastIndexOf(_taken, false, preferred);
        if (free < 0)
        {
            throw new BodyException(BodyException.NoFreePc, "the method has more edges than bytes of IL");
        }

        _taken[free] = true;
        return free;
    }
}
