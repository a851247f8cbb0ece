using System.Diagnostics.CodeAnalysis;
using Edgewise.Instrumentation.Flow;
using Edgewise.Instrumentation.Il;

namespace Edgewise.Instrumentation.Sites;

/// <summary>Finds the comparisons that C#, F# and Visual Basic make of a <c>switch</c> with gaps: linear chains and binary searches.</summary>
/// <remarks>
/// A member is a block that does nothing but compare a variable or argument with a constant and branch; the head may do something before. All ways into a
/// member come from members of the same variable, so whoever passes a member has passed the head with the same value.
/// </remarks>
internal sealed class SwitchChains
{
    private const int FewestCases = 3;

    private readonly Dictionary<int, SwitchChain> _byOffset = [];
    private readonly List<Comparison?> _comparisons = [];
    private readonly List<int> _members = [];
    private int[] _predecessors = new int[64];

    private enum Relation
    {
        Equality,
        Order,
    }

    /// <summary>The chain that the comparison at an offset belongs to.</summary>
    public bool TryGet(int offset, [NotNullWhen(true)] out SwitchChain? chain) => _byOffset.TryGetValue(offset, out chain);

    /// <summary>Finds the chains of a body.</summary>
    public void Find(ReadOnlySpan<byte> code, MethodBody body, BlockGraph graph)
    {
        _byOffset.Clear();
        if (graph.BlockCount < FewestCases)
        {
            return;
        }

        int comparisons = 0;
        _comparisons.Clear();
        for (int block = 0; block < graph.BlockCount; block++)
        {
            Comparison? comparison = Read(code, body, graph, block);
            _comparisons.Add(comparison);
            comparisons += comparison is null ? 0 : 1;
        }

        if (comparisons >= FewestCases)
        {
            CountPredecessors(graph);
            for (int block = 0; block < graph.BlockCount; block++)
            {
                if (_comparisons[block] is { } head && !_byOffset.ContainsKey(head.Offset))
                {
                    Grow(code, graph, block, head);
                }
            }
        }
    }

    private void CountPredecessors(BlockGraph graph)
    {
        if (_predecessors.Length < graph.BlockCount)
        {
            _predecessors = new int[graph.BlockCount * 2];
        }

        _predecessors.AsSpan(0, graph.BlockCount).Clear();
        for (int edge = 0; edge < graph.FirstEdge[graph.BlockCount]; edge++)
        {
            _predecessors[graph.EdgeTarget[edge]]++;
        }
    }

    private void Grow(ReadOnlySpan<byte> code, BlockGraph graph, int headBlock, Comparison head)
    {
        _members.Clear();
        _members.Add(headBlock);
        for (int i = 0; i < _members.Count; i++)
        {
            for (int edge = graph.FirstEdge[_members[i]]; edge < graph.FirstEdge[_members[i] + 1]; edge++)
            {
                int target = Skip(code, graph, graph.EdgeTarget[edge]);
                if (_predecessors[target] == 1 && !_members.Contains(target)
                    && _comparisons[target] is { IsAlone: true } next && next.Variable == head.Variable && !_byOffset.ContainsKey(next.Offset))
                {
                    _members.Add(target);
                }
            }
        }

        if (Cases(Relation.Equality).Length >= FewestCases)
        {
            // A binary search divides at cases; what else is compared by order was so in the source, and is offered, too.
            long[] cases = [.. Cases(Relation.Equality).Union(Cases(Relation.Order))];
            SwitchChain chain = new(head.Offset, cases);
            foreach (int member in _members)
            {
                _byOffset[_comparisons[member]!.Value.Offset] = chain;
            }
        }
    }

    private long[] Cases(Relation relation) =>
        [.. _members.Select(member => _comparisons[member]!.Value).Where(comparison => comparison.Relation == relation).Select(comparison => comparison.Constant).Distinct()];

    // Unoptimised code jumps to each next comparison.
    private int Skip(ReadOnlySpan<byte> code, BlockGraph graph, int block)
    {
        for (int steps = 0; steps < FewestCases; steps++)
        {
            int start = graph.Start[block];
            if (graph.Terminator[block] != start || code[start] is not (Opcode.Br or Opcode.BrShort) || _predecessors[block] != 1)
            {
                break;
            }

            block = graph.EdgeTarget[graph.FirstEdge[block]];
        }

        return block;
    }

    private static Comparison? Read(ReadOnlySpan<byte> code, MethodBody body, BlockGraph graph, int block)
    {
        int branch = graph.Terminator[block];
        if (branch < 0 || RelationOf(code[branch]) is not { } relation)
        {
            return null;
        }

        int start = graph.Start[block];
        int at = branch;
        long constant = 0;
        if (!IsTest(code[branch]) && !ConstantBefore.TryRead(code, body, start, ref at, out constant))
        {
            return null;
        }

        at = ConstantBefore.Instruction(body, at, start);
        int variable = at < 0 ? -1 : LoadedVariable.At(code, at);
        return variable < 0 ? null : new Comparison(branch, variable, constant, relation, at == start);
    }

    private static bool IsTest(byte opcode) => opcode is Opcode.BrFalseShort or Opcode.BrTrueShort or Opcode.BrFalse or Opcode.BrTrue;

    // beq and bne.un, brfalse and brtrue tell cases apart; the others divide a binary search.
    private static Relation? RelationOf(byte opcode) => opcode switch
    {
        >= Opcode.BrFalseShort and <= Opcode.BeqShort or Opcode.BneUnShort => Relation.Equality,
        > Opcode.BeqShort and <= Opcode.BltUnShort => Relation.Order,
        Opcode.BrFalse or Opcode.BrTrue or Opcode.Beq or Opcode.BneUn => Relation.Equality,
        > Opcode.Beq and <= Opcode.BltUn => Relation.Order,
        _ => null,
    };

    private readonly record struct Comparison(int Offset, int Variable, long Constant, Relation Relation, bool IsAlone);
}
