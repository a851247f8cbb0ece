using System.Reflection.Emit;
using Edgewise.Runtime.Formats;
using Edgewise.Tests.Instrumentation.Bodies;

namespace Edgewise.Tests.Instrumentation.Interpreter;

/// <summary>From what the interpreter counted in a body: how often each block and each critical edge was passed.</summary>
/// <remarks>Which edges are critical is worked out here anew; the point set only says which node has which point.</remarks>
internal static class ExpectedCounters
{
    /// <summary>How often each block and split edge of one method was passed, whether it has a point or not.</summary>
    /// <param name="points">The module's point set.</param>
    /// <param name="method">The method in it.</param>
    /// <param name="body">Its body with what was counted.</param>
    /// <returns>Pairs of an index into <see cref="PointSet.Blocks"/> and hits, not wrapped.</returns>
    /// <exception cref="InvalidDataException">The point set's blocks are not those of the body.</exception>
    public static IEnumerable<(int Block, long Hits)> Of(PointSet points, PointMethod method, InterpretedBody body)
    {
        HashSet<int> entered = Entered(body, out Dictionary<int, int> predecessors);
        for (int b = method.FirstBlock; b < method.FirstBlock + method.BlockCount; b++)
        {
            PointBlock block = points.Blocks[b];
            if (block.IsEdge)
            {
                continue;
            }

            int first = body.IndexAt(block.Start);
            yield return (b, body.Executions[first]);
            Instruction last = LastOf(body, block);
            var edges = CriticalEdges(body, last, predecessors, entered.Contains(block.Start)).ToList();
            for (int i = 0; i < edges.Count; i++)
            {
                PointBlock edge = b + 1 + i < points.Blocks.Length ? points.Blocks[b + 1 + i] : default;
                if (!edge.IsEdge || edge.Start != last.End)
                {
                    throw new InvalidDataException($"{last} has {edges.Count} critical edges, the point set has fewer");
                }

                yield return (b + 1 + i, edges[i]);
            }

            int next = b + 1 + edges.Count;
            if (next < method.FirstBlock + method.BlockCount && points.Blocks[next].IsEdge)
            {
                throw new InvalidDataException($"{last} has {edges.Count} critical edges, the point set has more");
            }
        }
    }

    private static Instruction LastOf(InterpretedBody body, PointBlock block)
    {
        int index = body.IndexAt(block.Start);
        while (body.Instructions[index].End < block.Start + block.Length)
        {
            index++;
        }

        return body.Instructions[index];
    }

    // Hits of each critical edge: fall-through, then target or arms.
    private static IEnumerable<long> CriticalEdges(InterpretedBody body, Instruction last, Dictionary<int, int> predecessors, bool isReachable)
    {
        if (!last.IsConditional || !isReachable)
        {
            yield break;
        }

        long[] ways = body.Ways[body.IndexAt(last.Offset)];
        foreach ((int target, int way) in Successors(last).Select((target, way) => (target, way)))
        {
            if (ways.Length > 1 && predecessors[target] > 1)
            {
                yield return ways[way];
            }
        }
    }

    private static IEnumerable<int> Successors(Instruction instruction)
    {
        bool goesOn = instruction.OpCode.FlowControl is not (FlowControl.Branch or FlowControl.Return or FlowControl.Throw) && instruction.OpCode != OpCodes.Jmp;
        IEnumerable<int> jumps = instruction.Targets ?? (instruction.IsBranch ? [(int)instruction.Operand] : []);
        return goesOn ? [instruction.End, .. jumps] : jumps;
    }

    // Reachable places, and from how many edges of reachable blocks each is entered; the method's entry counts as one.
    private static HashSet<int> Entered(InterpretedBody body, out Dictionary<int, int> predecessors)
    {
        HashSet<int> leaders = [0];
        foreach (Instruction instruction in body.Instructions)
        {
            if (instruction.IsConditional || instruction.IsBranch || !Successors(instruction).Any())
            {
                leaders.UnionWith(Successors(instruction));
                leaders.Add(instruction.End);
            }
        }

        foreach (System.Reflection.ExceptionHandlingClause clause in body.Clauses)
        {
            leaders.UnionWith([clause.TryOffset, clause.TryOffset + clause.TryLength, clause.HandlerOffset, clause.HandlerOffset + clause.HandlerLength]);
            if (clause.Flags == System.Reflection.ExceptionHandlingClauseOptions.Filter)
            {
                leaders.Add(clause.FilterOffset);
            }
        }

        predecessors = new Dictionary<int, int> { [0] = 1 };
        HashSet<int> entered = [];
        var open = new Stack<int>([0]);
        while (open.TryPop(out int start))
        {
            if (!entered.Add(start))
            {
                continue;
            }

            int index = body.IndexAt(start);
            while (!IsLast(body.Instructions[index], leaders))
            {
                index++;
            }

            foreach (int target in Successors(body.Instructions[index]))
            {
                predecessors[target] = predecessors.GetValueOrDefault(target) + 1;
                open.Push(target);
            }

            foreach (System.Reflection.ExceptionHandlingClause clause in body.Clauses)
            {
                if (start >= clause.TryOffset && start < clause.TryOffset + clause.TryLength)
                {
                    open.Push(clause.Flags == System.Reflection.ExceptionHandlingClauseOptions.Filter ? clause.FilterOffset : clause.HandlerOffset);
                    open.Push(clause.HandlerOffset);
                }
            }
        }

        return entered;
    }

    private static bool IsLast(Instruction instruction, HashSet<int> leaders) =>
        instruction.IsConditional || instruction.IsBranch || !Successors(instruction).Any() || leaders.Contains(instruction.End);
}
