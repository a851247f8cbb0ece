using System.Runtime.InteropServices;
using Edgewise.Instrumentation.Il;

namespace Edgewise.Instrumentation.Flow;

/// <summary>The edges that exceptions take: from each block of a try region to its handler or filter, and from a filter's end to its handler.</summary>
internal sealed class HandlerEdges
{
    private readonly List<(int From, int To)> _edges = [];

    /// <summary>Pairs of blocks.</summary>
    public ReadOnlySpan<(int From, int To)> Edges => CollectionsMarshal.AsSpan(_edges);

    /// <summary>How many there are.</summary>
    public int Count => _edges.Count;

    /// <summary>Finds the edges of a body, marks the blocks that begin handlers, and those that leave through a finally as able to throw.</summary>
    public void Find(BlockGraph graph, ReadOnlySpan<byte> code, MethodBody body)
    {
        _edges.Clear();
        Array.Clear(graph.BeginsHandler, 0, graph.BlockCount);
        foreach (ExceptionClause clause in body.Clauses)
        {
            int handler = graph.BlockAt(clause.HandlerStart);
            graph.BeginsHandler[handler] = true;
            int entered = clause.HasFilter ? FindFilter(graph, code, clause, handler) : handler;
            for (int block = graph.BlockAt(clause.TryStart); block < graph.BlockCount && graph.Start[block] < clause.TryEnd; block++)
            {
                _edges.Add((block, entered));
                int terminator = graph.Terminator[block];
                if (clause.Kind == ExceptionClause.Finally && terminator >= 0 && Opcode.IsLeave(code[terminator]))
                {
                    // The way out leads through the finally block, which may throw or never end.
                    graph.MayThrow[block] = true;
                }
            }
        }
    }

    private int FindFilter(BlockGraph graph, ReadOnlySpan<byte> code, ExceptionClause clause, int handler)
    {
        int entered = graph.BlockAt(clause.TokenOrFilter);
        graph.BeginsHandler[entered] = true;
        for (int block = entered; block < graph.BlockCount && graph.Start[block] < clause.HandlerStart; block++)
        {
            if (IsEndfilter(code, graph.Terminator[block]))
            {
                _edges.Add((block, handler));
            }
        }

        return entered;
    }

    private static bool IsEndfilter(ReadOnlySpan<byte> code, int terminator) =>
        terminator >= 0 && code[terminator] == OpcodeTable.TwoBytePrefix && code[terminator + 1] == Opcode.EndfilterSecond;
}
