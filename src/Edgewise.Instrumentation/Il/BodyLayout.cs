using Edgewise.Instrumentation.Flow;
using Edgewise.Instrumentation.Image;
using Edgewise.Instrumentation.Passes;
using Edgewise.Instrumentation.Pdb;

namespace Edgewise.Instrumentation.Il;

/// <summary>Lays out a body with its probes and writes it. Reused from one method to the next.</summary>
/// <remarks>
/// Each block is written as: probe, its instructions, its branch, and behind that the split edges it owns:
/// <c>bXX S; [fall-through probe]; br L; S: probe; br T; L:</c>. So a stub lies in the region of its branch, and no condition is inverted
/// (<c>blt</c> has no type-free inverse). One mapping serves branches, exception regions and the PDB: a block's old offset maps to the
/// place before its probe and behind the fall-through probe of the block before. Short branches stay short unless they no longer reach.
/// </remarks>
internal sealed class BodyLayout
{
    private const int ShortBranchSize = 2;
    private const int LongBranchSize = 5;

    private readonly MethodBody _body;
    private readonly BlockGraph _graph;
    private readonly PointProbe _probe;

    // Position of each block and of each split edge's stub; per edge, and per block for the jump over its stubs, whether the jump is long.
    private int[] _blockPosition = new int[64];
    private int[] _stubPosition = new int[64];
    private bool[] _edgeIsLong = new bool[64];
    private bool[] _stubIsLong = new bool[64];
    private bool[] _skipIsLong = new bool[64];
    private int _hints;

    /// <summary>Makes a layout over a body and its graph, which the caller refills for each method.</summary>
    public BodyLayout(MethodBody body, BlockGraph graph, PointProbe probe)
    {
        _body = body;
        _graph = graph;
        _probe = probe;
    }

    /// <summary>Point of each node of the graph within the module, or -1; set by the caller.</summary>
    public int[] Points { get; set; } = [];

    /// <summary>How many <see cref="InliningHint"/>s should stand at the start of the body; set by the caller.</summary>
    public int WantedHints { get; set; }

    /// <summary>Writes header, instructions and exception clauses.</summary>
    /// <param name="code">The original IL.</param>
    /// <param name="output">Where the body goes, from the next position with the right alignment.</param>
    /// <param name="moves">Told where each block's instructions went.</param>
    /// <param name="row">MethodDef row.</param>
    /// <returns>Position of the header in <paramref name="output"/>.</returns>
    public int Write(ReadOnlySpan<byte> code, ByteBuffer output, OffsetMap moves, int row)
    {
        Reserve();
        ChooseInitialForms(code);
        _hints = 0;
        int size = Place(code);
        if (WantedHints > 0)
        {
            _hints = InliningHint.Fitting(WantedHints, size);
            size = Place(code);
        }

        while (WidenWhatDoesNotReach(code))
        {
            size = Place(code);
        }

        int header = BodyHeader.Write(output, _body, size, _probe.StackDepth, OnlyEntryHasProbes());
        int start = output.Position;
        output.Reserve(size);
        moves.BeginMethod(row);
        WriteCode(code, output, moves, row, start);
        if (output.Position - start != size)
        {
            throw new InvalidOperationException($"method 0x{0x06000000 + row:x8} was laid out as {size} bytes and written as {output.Position - start}");
        }

        if (_body.Clauses.Count > 0)
        {
            ExceptionSection.Write(output, _body.Clauses, NewOffset);
        }

        return header;
    }

    private void Reserve()
    {
        if (_blockPosition.Length <= _graph.BlockCount)
        {
            int size = Math.Max(_graph.BlockCount + 1, _blockPosition.Length * 2);
            _blockPosition = new int[size];
            _skipIsLong = new bool[size];
        }

        int edges = _graph.FirstEdge[_graph.BlockCount];
        if (_edgeIsLong.Length < edges)
        {
            int size = Math.Max(edges, _edgeIsLong.Length * 2);
            _edgeIsLong = new bool[size];
            _stubIsLong = new bool[size];
            _stubPosition = new int[size];
        }
    }

    // What stands before a block's first instruction.
    private int HeadSize(int block) => (block == 0 ? _hints * InliningHint.Size : 0) + NodeProbeSize(block);

    private int NodeProbeSize(int node) => node >= 0 && Points[node] >= 0 ? _probe.Size(Points[node]) : 0;

    // The first edge of a block is its fall-through where there is one; the others are jumps.
    private int FirstJump(ReadOnlySpan<byte> code, int block) =>
        _graph.FirstEdge[block] + (HasFallThroughEdge(code, block) ? 1 : 0);

    private bool HasFallThroughEdge(ReadOnlySpan<byte> code, int block) =>
        _graph.FallsThrough(code, block) && _graph.Start[block + 1] < _body.CodeSize;

    private bool HasStub(int edge) => _graph.EdgeNode[edge] >= 0 && Points[_graph.EdgeNode[edge]] >= 0;

    private void ChooseInitialForms(ReadOnlySpan<byte> code)
    {
        for (int block = 0; block < _graph.BlockCount; block++)
        {
            _skipIsLong[block] = false;
            int terminator = _graph.Terminator[block];
            bool isLong = terminator >= 0 && OpcodeTable.Operand(OpcodeTable.OneByte[code[terminator]]) == OperandKind.LongBranch;
            for (int edge = _graph.FirstEdge[block]; edge < _graph.FirstEdge[block + 1]; edge++)
            {
                _edgeIsLong[edge] = isLong;
                _stubIsLong[edge] = false;
            }
        }
    }

    private int Place(ReadOnlySpan<byte> code)
    {
        int position = 0;
        for (int block = 0; block < _graph.BlockCount; block++)
        {
            _blockPosition[block] = position;
            position += HeadSize(block);
            int terminator = _graph.Terminator[block];
            int jump = FirstJump(code, block);
            int end = _graph.FirstEdge[block + 1];
            if (jump == end)
            {
                position += _graph.Start[block + 1] - _graph.Start[block];
                continue;
            }

            position += terminator - _graph.Start[block] + TerminatorSize(code, block, jump);
            if (jump > _graph.FirstEdge[block])
            {
                position += NodeProbeSize(_graph.EdgeNode[_graph.FirstEdge[block]]);
            }

            position = PlaceStubs(block, jump, end, position);
        }

        _blockPosition[_graph.BlockCount] = position;
        return position;
    }

    private int PlaceStubs(int block, int jump, int end, int position)
    {
        bool any = false;
        for (int edge = jump; edge < end; edge++)
        {
            if (!HasStub(edge))
            {
                continue;
            }

            if (!any)
            {
                any = true;
                position += _skipIsLong[block] ? LongBranchSize : ShortBranchSize;
            }

            _stubPosition[edge] = position;
            position += NodeProbeSize(_graph.EdgeNode[edge]) + (_stubIsLong[edge] ? LongBranchSize : ShortBranchSize);
        }

        return position;
    }

    private int TerminatorSize(ReadOnlySpan<byte> code, int block, int jump) =>
        code[_graph.Terminator[block]] == Opcode.Switch
            ? _graph.Start[block + 1] - _graph.Terminator[block]
            : _edgeIsLong[jump] ? LongBranchSize : ShortBranchSize;

    private int JumpTarget(int edge) => HasStub(edge) ? _stubPosition[edge] : _blockPosition[_graph.EdgeTarget[edge]];

    private int TerminatorEnd(ReadOnlySpan<byte> code, int block, int jump) =>
        _blockPosition[block] + HeadSize(block) + _graph.Terminator[block] - _graph.Start[block] + TerminatorSize(code, block, jump);

    private static bool Reaches(int from, int to) => to - from is >= sbyte.MinValue and <= sbyte.MaxValue;

    private bool WidenWhatDoesNotReach(ReadOnlySpan<byte> code)
    {
        bool changed = false;
        for (int block = 0; block < _graph.BlockCount; block++)
        {
            int jump = FirstJump(code, block);
            int end = _graph.FirstEdge[block + 1];
            if (jump == end)
            {
                continue;
            }

            if (!_edgeIsLong[jump] && code[_graph.Terminator[block]] != Opcode.Switch
                && !Reaches(TerminatorEnd(code, block, jump), JumpTarget(jump)))
            {
                _edgeIsLong[jump] = changed = true;
            }

            changed |= WidenStubs(block, jump, end);
        }

        return changed;
    }

    private bool WidenStubs(int block, int jump, int end)
    {
        bool changed = false;
        bool first = true;
        for (int edge = jump; edge < end; edge++)
        {
            if (!HasStub(edge))
            {
                continue;
            }

            if (first && !_skipIsLong[block] && !Reaches(_stubPosition[edge], _blockPosition[block + 1]))
            {
                _skipIsLong[block] = changed = true;
            }

            first = false;
            int stubEnd = _stubPosition[edge] + NodeProbeSize(_graph.EdgeNode[edge]) + ShortBranchSize;
            if (!_stubIsLong[edge] && !Reaches(stubEnd, _blockPosition[_graph.EdgeTarget[edge]]))
            {
                _stubIsLong[edge] = changed = true;
            }
        }

        return changed;
    }

    private bool OnlyEntryHasProbes() => Points.AsSpan(1, _graph.NodeCount - 1).IndexOfAnyExcept(-1) < 0;

    private void WriteCode(ReadOnlySpan<byte> code, ByteBuffer output, OffsetMap moves, int row, int start)
    {
        for (int block = 0; block < _graph.BlockCount; block++)
        {
            int blockStart = _graph.Start[block];
            int blockEnd = _graph.Start[block + 1];
            moves.AddStep(row, blockStart, _blockPosition[block]);
            int head = HeadSize(block);
            if (head > 0)
            {
                WriteHead(output, block);
                MoveBehindProbe(code, block, head, moves, row);
            }

            int jump = FirstJump(code, block);
            int end = _graph.FirstEdge[block + 1];
            if (jump == end)
            {
                output.WriteBytes(code[blockStart..blockEnd]);
                continue;
            }

            int terminator = _graph.Terminator[block];
            output.WriteBytes(code[blockStart..terminator]);
            WriteTerminator(code, output, block, jump, end, start);
            WriteEdges(output, block, jump, end, start);
        }

        moves.AddStep(row, _body.CodeSize, _blockPosition[_graph.BlockCount]);
    }

    private void WriteHead(ByteBuffer output, int block)
    {
        if (block == 0)
        {
            InliningHint.Emit(output, _hints);
        }

        if (Points[block] >= 0)
        {
            _probe.Emit(output, Points[block]);
        }
    }

    // The block's first instruction maps to its probe, the instructions behind it to themselves.
    private void MoveBehindProbe(ReadOnlySpan<byte> code, int block, int probe, OffsetMap moves, int row)
    {
        int second = _graph.Start[block] + 1;
        while (second < _graph.Start[block + 1] && (_body.Marks[second] & MethodBody.InstructionStart) == 0)
        {
            second++;
        }

        if (second < _graph.Start[block + 1] && second < code.Length)
        {
            moves.AddStep(row, second, _blockPosition[block] + probe + second - _graph.Start[block]);
        }
    }

    private void WriteTerminator(ReadOnlySpan<byte> code, ByteBuffer output, int block, int jump, int end, int start)
    {
        byte opcode = code[_graph.Terminator[block]];
        if (opcode == Opcode.Switch)
        {
            int next = TerminatorEnd(code, block, jump);
            output.WriteByte(opcode);
            output.WriteInt32(end - jump);
            for (int edge = jump; edge < end; edge++)
            {
                output.WriteInt32(JumpTarget(edge) - next);
            }

            return;
        }

        bool wasShort = OpcodeTable.Operand(OpcodeTable.OneByte[opcode]) == OperandKind.ShortBranch;
        WriteJump(output, wasShort && _edgeIsLong[jump] ? Opcode.Widen(opcode) : opcode, _edgeIsLong[jump], JumpTarget(jump), start);
    }

    private void WriteEdges(ByteBuffer output, int block, int jump, int end, int start)
    {
        int fallThrough = _graph.FirstEdge[block];
        if (jump > fallThrough && HasStub(fallThrough))
        {
            _probe.Emit(output, Points[_graph.EdgeNode[fallThrough]]);
        }

        bool any = false;
        for (int edge = jump; edge < end; edge++)
        {
            if (!HasStub(edge))
            {
                continue;
            }

            if (!any)
            {
                any = true;
                WriteJump(output, _skipIsLong[block] ? Opcode.Br : Opcode.BrShort, _skipIsLong[block], _blockPosition[block + 1], start);
            }

            _probe.Emit(output, Points[_graph.EdgeNode[edge]]);
            WriteJump(output, _stubIsLong[edge] ? Opcode.Br : Opcode.BrShort, _stubIsLong[edge], _blockPosition[_graph.EdgeTarget[edge]], start);
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
    private int NewOffset(int old) =>
        _blockPosition[old == _body.CodeSize ? _graph.BlockCount : _graph.BlockAt(old)];
}
