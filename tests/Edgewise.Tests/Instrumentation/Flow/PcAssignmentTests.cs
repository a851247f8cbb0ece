using Edgewise.Instrumentation.Flow;
using Edgewise.Instrumentation.Il;
using static Edgewise.Tests.Instrumentation.Flow.Graphs;

namespace Edgewise.Tests.Instrumentation.Flow;

public sealed class PcAssignmentTests
{
    private const byte Switch = 0x45;

    [Fact]
    public void A_split_taken_edge_has_its_branchs_operand_byte()
    {
        Graphs method = Of(true, LdArg0, BrTrue, 3, Nop, Br, 0, Ret);

        int[] offsets = Assign(method);

        Assert.Equal([0, 3, 6, 2], offsets);
    }

    [Fact]
    public void A_split_fall_through_has_its_branchs_opcode()
    {
        // 0: ldarg.0; brtrue 2 │ 1: ret, reached by falling through and from 2 │ 2: br 1
        Graphs method = Of(true, LdArg0, BrTrue, 1, Ret, Br, 0xFD);

        int[] offsets = Assign(method);

        Assert.Equal([0, 3, 4, 1], offsets);
    }

    [Fact]
    public void Arm_k_of_a_switch_has_the_kth_offset()
    {
        // Both arms and the fall-through lead to the block at 14.
        Graphs method = Of(true, LdArg0, Switch, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Ret);

        int[] offsets = Assign(method);

        Assert.Equal([0, 14, 1, 6, 10], offsets);
    }

    [Fact]
    public void Where_the_byte_is_taken_the_nearest_free_one_behind_it_serves()
    {
        // The second block is only its branch, whose opcode is the block's own PC; the operand goes to the taken edge's neighbour.
        // 0: ldarg.0; ldarg.1; brtrue 1 │ 1: brtrue 2, from both ways │ 2: ret, from both ways
        Graphs method = Of(true, LdArg0, LdArg1, BrTrue, 0, BrTrue, 0, Ret);

        int[] offsets = Assign(method);

        Assert.Equal(offsets.Length, offsets.Distinct().Count());
        Assert.All(offsets, offset => Assert.InRange(offset, 0, method.Code.Length - 1));
    }

    [Fact]
    public void More_edges_than_bytes_are_refused()
    {
        // Three bytes of block starts and branches, each branch with two split edges.
        Graphs method = Of(true, BrTrue, 0, BrTrue, 0, BrTrue, 0, Ret);

        BodyException exception = Assert.Throws<BodyException>(() => Assign(method));

        Assert.Equal(BodyException.NoFreePc, exception.Id);
    }

    private static int[] Assign(Graphs method)
    {
        PcAssignment assignment = new();
        assignment.Assign(method.Graph, method.Code);
        return assignment.Offsets[..method.Graph.NodeCount];
    }
}
