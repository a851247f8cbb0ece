using Edgewise.Instrumentation.Flow;
using Edgewise.Instrumentation.Image;
using Edgewise.Instrumentation.Passes;
using Edgewise.Instrumentation.Pdb;

namespace Edgewise.Instrumentation.Il;

/// <summary>Writes a body as its <see cref="BodyLayout"/> says. Reused from one method to the next.</summary>
internal sealed class BodyWriter(MethodBody body, BlockGraph graph, PointProbe probe, BodyInsertions insertions, BodyFrame frame, BodyLayout layout)
{
    private int _nextInsertion;

    /// <summary>Writes header, instructions and exception clauses.</summary>
    /// <param name="code">The original IL.</param>
    /// <param name="output">Where the body goes, from the next position with the right alignment.</param>
    /// <param name="moves">Told where each block's instructions went.</param>
    /// <param name="row">MethodDef row.</param>
    /// <param name="localsToken">Token of the new body's local-variable signature.</param>
    /// <returns>Position of the header in <paramref name="output"/>.</returns>
    public int Write(ReadOnlySpan<byte> code, ByteBuffer output, OffsetMap moves, int row, int localsToken)
    {
        int size = layout.Arrange(code);
        int depth = Math.Max(Math.Max(probe.StackDepth, insertions.StackDepth), frame.StackDepth);
        bool hasClauses = body.Clauses.Count > 0 || frame.HasRegion;
        int header = BodyHeader.Write(output, body, size, hasClauses, localsToken, depth, insertions.All.IsEmpty && OnlyEntryHasProbes());
        int start = output.Position;
        output.Reserve(size);
        moves.BeginMethod(row);
        WriteCode(code, output, moves, row, start);
        if (output.Position - start != size)
        {
            throw new InvalidOperationException($"method 0x{0x06000000 + row:x8} was laid out as {size} bytes and written as {output.Position - start}");
        }

        if (hasClauses)
        {
            ExceptionSection.Write(
                output, body.Clauses, NewOffset, frame.HasRegion ? frame.Clause(layout.PositionOf(0), layout.PositionOf(graph.BlockCount)) : null);
        }

        return header;
    }

    private bool OnlyEntryHasProbes() => layout.Points.AsSpan(1, graph.NodeCount - 1).IndexOfAnyExcept(-1) < 0;

    private void WriteCode(ReadOnlySpan<byte> code, ByteBuffer output, OffsetMap moves, int row, int start)
    {
        _nextInsertion = 0;
        output.WriteBytes(frame.Prologue.AsSpan());
        for (int block = 0; block < graph.BlockCount; block++)
        {
            moves.AddStep(row, graph.Start[block], layout.PositionOf(block));
            WriteHead(output, block);
            int jump = layout.FirstJump(code, block);
            int end = graph.FirstEdge[block + 1];
            int instructionsEnd = jump == end ? graph.Start[block + 1] : graph.Terminator[block];
            WriteInstructions(code, output, moves, row, start, block, instructionsEnd);
            if (jump != end)
            {
                WriteTerminator(code, output, block, jump, end, start);
                WriteEdges(output, block, jump, end, start);
            }
        }

        moves.AddStep(row, body.CodeSize, layout.PositionOf(graph.BlockCount));
        output.WriteBytes(frame.Handler.AsSpan());
        output.WriteBytes(frame.End.AsSpan());
    }

    private void WriteHead(ByteBuffer output, int block)
    {
        if (block == 0)
        {
            InliningHint.Emit(output, layout.Hints);
        }

        if (layout.Points[block] >= 0)
        {
            probe.Emit(output, layout.Points[block]);
        }
    }

    // What is inserted before an instruction counts as part of it, as the probe does before the block's first; those behind it map to themselves.
    private void WriteInstructions(ReadOnlySpan<byte> code, ByteBuffer output, OffsetMap moves, int row, int start, int block, int end)
    {
        int blockEnd = graph.Start[block + 1];
        int from = graph.Start[block];
        int moved = layout.HeadSize(block) > 0 ? Next(from, blockEnd) : blockEnd;
        ReadOnlySpan<Insertion> all = insertions.All;
        while (_nextInsertion < all.Length && all[_nextInsertion].Offset < blockEnd)
        {
            ref readonly Insertion insertion = ref all[_nextInsertion];
            if (moved < insertion.Offset)
            {
                moves.AddStep(row, moved, output.Position - start + moved - from);
            }

            output.WriteBytes(code[from..insertion.Offset]);
            from = insertion.Offset;
            if (from > graph.Start[block] && moved <= from)
            {
                moves.AddStep(row, from, output.Position - start);
            }

            moved = Next(from, blockEnd);
            for (; _nextInsertion < all.Length && all[_nextInsertion].Offset == insertion.Offset; _nextInsertion++)
            {
                output.WriteBytes(insertions.Il(all[_nextInsertion]));
                if (all[_nextInsertion].LeavesBody)
                {
                    int last = layout.PositionOf(graph.BlockCount) + frame.Handler.Position;
                    output.PatchInt32(output.Position - sizeof(int), last - (output.Position - start));
                }

                from += all[_nextInsertion].Replaced;
            }
        }

        if (moved < blockEnd && moved < code.Length)
        {
            moves.AddStep(row, moved, output.Position - start + moved - from);
        }

        output.WriteBytes(code[from..end]);
    }

    private int Next(int offset, int end)
    {
        do
        {
            offset++;
        }
        while (offset < end && (body.Marks[offset] & MethodBody.InstructionStart) == 0);
        return offset;
    }

    private void WriteTerminator(ReadOnlySpan<byte> code, ByteBuffer output, int block, int jump, int end, int start)
    {
        byte opcode = code[graph.Terminator[block]];
        if (opcode == Opcode.Switch)
        {
            int next = layout.TerminatorEnd(code, block, jump);
            output.WriteByte(opcode);
            output.WriteInt32(end - jump);
            for (int edge = jump; edge < end; edge++)
            {
                output.WriteInt32(layout.JumpTarget(edge) - next);
            }

            return;
        }

        bool wasShort = OpcodeTable.Operand(OpcodeTable.OneByte[opcode]) == OperandKind.ShortBranch;
        WriteJump(output, wasShort && layout.IsLong(jump) ? Opcode.Widen(opcode) : opcode, layout.IsLong(jump), layout.JumpTarget(jump), start);
    }

    private void WriteEdges(ByteBuffer output, int block, int jump, int end, int start)
    {
        int fallThrough = graph.FirstEdge[block];
        if (jump > fallThrough && layout.HasStub(fallThrough))
        {
            probe.Emit(output, layout.Points[graph.EdgeNode[fallThrough]]);
        }

        bool any = false;
        for (int edge = jump; edge < end; edge++)
        {
            if (!layout.HasStub(edge))
            {
                continue;
            }

            if (!any)
            {
                any = true;
                WriteJump(output, layout.IsSkipLong(block) ? Opcode.Br : Opcode.BrShort, layout.IsSkipLong(block), layout.PositionOf(block + 1), start);
            }

            probe.Emit(output, layout.Points[graph.EdgeNode[edge]]);
            WriteJump(output, layout.IsStubLong(edge) ? Opcode.Br : Opcode.BrShort, layout.IsStubLong(edge), layout.PositionOf(graph.EdgeTarget[edge]), start);
        }
    }

    private static void WriteJump(ByteBuffer output, byte opcode, bool isLong, int target, int start)
    {
        output.WriteByte(opcode);
        int position = output.Position - start;
        if (isLong)
        {
            output.WriteInt32(target - position - 4);
        }
        else
        {
            output.WriteByte((byte)(sbyte)(target - position - 1));
        }
    }

    // Region boundaries are block starts, or the end of the body.
    private int NewOffset(int old) => layout.PositionOf(old == body.CodeSize ? graph.BlockCount : graph.BlockAt(old));
}
