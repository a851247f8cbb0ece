using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Edgewise.Instrumentation.Flow;
using Edgewise.Instrumentation.Il;

namespace Edgewise.Instrumentation.Sites;

/// <summary>Finds the range checks that C# and Visual Basic put in front of a <c>switch</c> on 64 bits, which the instruction cannot choose by.</summary>
/// <remarks>
/// Roslyn emits <c>value; [base; sub]; dup; last; ble.un L; pop; br default; L: conv.u4; switch</c>, where <c>last</c> is the number of arms less one. All
/// that is switched on passes the check, also what is out of range, so the check is where the whole value is seen.
/// </remarks>
internal sealed class RangeCheckedSwitches
{
    private readonly Dictionary<int, RangeCheck> _checks = [];
    private readonly HashSet<int> _switches = [];

    /// <summary>The range check at an offset.</summary>
    public bool TryGet(int offset, [NotNullWhen(true)] out RangeCheck? check) => _checks.TryGetValue(offset, out check);

    /// <summary>True for a <c>switch</c> whose value was seen by a check.</summary>
    public bool IsChecked(int offset) => _switches.Contains(offset);

    /// <summary>Finds the checks of a body.</summary>
    public void Find(ReadOnlySpan<byte> code, MethodBody body, BlockGraph graph)
    {
        _checks.Clear();
        _switches.Clear();
        for (int block = 0; block < graph.BlockCount; block++)
        {
            int start = graph.Start[block];
            if (code[start] == Opcode.ConvU4 && graph.Terminator[block] == start + 1 && code[start + 1] == Opcode.Switch
                && TryFindOnlyPredecessor(graph, block, out int before)
                && Read(code, body, graph.Start[before], graph.Terminator[before], Arms(code, start + 1)) is { } check)
            {
                _checks.Add(graph.Terminator[before], check);
                _switches.Add(start + 1);
            }
        }
    }

    private static uint Arms(ReadOnlySpan<byte> code, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(code[(offset + 1)..]);

    private static bool TryFindOnlyPredecessor(BlockGraph graph, int target, out int predecessor)
    {
        predecessor = -1;
        for (int block = 0; block < graph.BlockCount; block++)
        {
            for (int edge = graph.FirstEdge[block]; edge < graph.FirstEdge[block + 1]; edge++)
            {
                if (graph.EdgeTarget[edge] == target)
                {
                    if (predecessor >= 0)
                    {
                        return false;
                    }

                    predecessor = block;
                }
            }
        }

        return predecessor >= 0;
    }

    private static RangeCheck? Read(ReadOnlySpan<byte> code, MethodBody body, int start, int branch, uint arms)
    {
        if (branch < 0 || code[branch] is not (Opcode.BleUn or Opcode.BleUnShort))
        {
            return null;
        }

        int at = branch;
        if (!ConstantBefore.TryRead(code, body, start, ref at, out long last) || last != (long)arms - 1)
        {
            return null;
        }

        at = ConstantBefore.Instruction(body, at, start);
        return at < 0 || code[at] != Opcode.Dup ? null
            : new RangeCheck(SwitchBase.Of(code, body, ConstantBefore.Instruction(body, at, start)), (int)arms);
    }
}
