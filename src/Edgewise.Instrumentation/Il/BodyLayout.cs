using Edgewise.Instrumentation.Flow;
using Edgewise.Instrumentation.Passes;

namespace Edgewise.Instrumentation.Il;

/// <summary>Finds where the blocks, probes and stubs of a body go. Reused from one method to the next.</summary>
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
    private readonly BodyInsertions _insertions;
    private readonly BodyFrame _frame;

    // Position of each block and of each split edge's stub; per edge, and per block for the jump over its stubs, whether the jump is long.
    private int[] _blockPosition = new int[64];
    private int[] _stubPosition = new int[64];
    private bool[] _edgeIsLong = new bool[64];
    private bool[] _stubIsLong = new bool[64];
    private bool[] _skipIsLong = new bool[64];
    private int[] _insertedBytes = new int[64];

    /// <summary>Makes a layout over a body, its graph, what is inserted and what stands around it, which the caller refills for each method.</summary>
    public BodyLayout(MethodBody body, BlockGraph graph, PointProbe probe, BodyInsertions insertions, BodyFrame frame)
    {
        _body = body;
        _graph = graph;
        _probe = probe;
        _insertions = insertions;
        _frame = frame;
    }

    /// <summary>Point of each node of the graph within the module, or -1; set by the caller.</summary>
    public int[] Points { get; set; } = [];

    /// <summary>How many <see cref="InliningHint"/>s should stand at the start of the body; set by the caller.</summary>
    public int WantedHints { get; set; }

    /// <summary>How many hints there are, once the body is laid out.</summary>
    public int Hints { get; private set; }

    /// <summary>Finds where everything goes.</summary>
    /// <param name="code">The original IL.</param>
    /// <returns>Bytes of the new IL.</returns>
    public int Arrange(ReadOnlySpan<byte> code)
    {
        Reserve();
        ChooseInitialForms(code);
        MeasureInsertions();
        Hints = WantedHints;
        int size = Place(code);
        int fitting = InliningHint.Fitting(WantedHints, size - (WantedHints * InliningHint.Size));
        if (fitting != WantedHints)
        {
            Hints = fitting;
            size = Place(code);
        }

        while (WidenWhatDoesNotReach(code))
        {
            size = Place(code);
        }

        return size;
    }

    private void Reserve()
    {
        if (_blockPosition.Length <= _graph.BlockCount)
        {
            int size = Math.Max(_graph.BlockCount + 1, _blockPosition.Length * 2);
            _blockPosition = new int[size];
            _skipIsLong = new bool[size];
            _insertedBytes = new int[size];
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

    private int NodeProbeSize(int node) => node >= 0 && Points[node] >= 0 ? _probe.Size(Points[node]) : 0;

    private bool HasFallThroughEdge(ReadOnlySpan<byte> code, int block) =>
        _graph.FallsThrough(code, block) && _graph.Start[block + 1] < _body.CodeSize;

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

    private void MeasureInsertions()
    {
        _insertedBytes.AsSpan(0, _graph.BlockCount).Clear();
        int block = 0;
        foreach (ref readonly Insertion insertion in _insertions.All)
        {
            while (insertion.Offset >= _graph.Start[block + 1])
            {
                block++;
            }

            _insertedBytes[block] += insertion.Length - insertion.Replaced;
        }
    }

    private int Place(ReadOnlySpan<byte> code)
    {
        int position = _frame.Prologue.Position;
        for (int block = 0; block < _graph.BlockCount; block++)
        {
            _blockPosition[block] = position;
            position += HeadSize(block);
            int terminator = _graph.Terminator[block];
            int jump = FirstJump(code, block);
            int end = _graph.FirstEdge[block + 1];
            if (jump == end)
            {
                position += _graph.Start[block + 1] - _graph.Start[block] + _insertedBytes[block];
                continue;
            }

            position += terminator - _graph.Start[block] + _insertedBytes[block] + TerminatorSize(code, block, jump);
            if (jump > _graph.FirstEdge[block])
            {
                position += NodeProbeSize(_graph.EdgeNode[_graph.FirstEdge[block]]);
            }

            position = PlaceStubs(block, jump, end, position);
        }

        _blockPosition[_graph.BlockCount] = position;
        return position + _frame.EpilogueSize;
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

    /// <summary>Where a block, or the end of the body, is.</summary>
    public int PositionOf(int block) => _blockPosition[block];

    /// <summary>Where a jump along an edge leads.</summary>
    public int JumpTarget(int edge) => HasStub(edge) ? _stubPosition[edge] : _blockPosition[_graph.EdgeTarget[edge]];

    /// <summary>Position behind a block's branch.</summary>
    public int TerminatorEnd(ReadOnlySpan<byte> code, int block, int jump) =>
        _blockPosition[block] + HeadSize(block) + _insertedBytes[block] + _graph.Terminator[block] - _graph.Start[block] + TerminatorSize(code, block, jump);

    /// <summary>True where an edge has a probe of its own behind the branch.</summary>
    public bool HasStub(int edge) => _graph.EdgeNode[edge] >= 0 && Points[_graph.EdgeNode[edge]] >= 0;

    /// <summary>True where the branch of an edge has the long form.</summary>
    public bool IsLong(int edge) => _edgeIsLong[edge];

    /// <summary>True where the jump back from a stub has the long form.</summary>
    public bool IsStubLong(int edge) => _stubIsLong[edge];

    /// <summary>True where the jump over a block's stubs has the long form.</summary>
    public bool IsSkipLong(int block) => _skipIsLong[block];

    /// <summary>The first edge of a block that is a jump: its first edge is its fall-through where there is one.</summary>
    public int FirstJump(ReadOnlySpan<byte> code, int block) =>
        _graph.FirstEdge[block] + (HasFallThroughEdge(code, block) ? 1 : 0);

    /// <summary>Bytes that stand before a block's first instruction: hints and its probe.</summary>
    public int HeadSize(int block) => (block == 0 ? Hints * InliningHint.Size : 0) + NodeProbeSize(block);
}
