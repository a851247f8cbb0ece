using System.Buffers.Binary;
using Edgewise.Instrumentation.Il;

namespace Edgewise.Instrumentation.Flow;

/// <summary>The blocks of a body and the edges between them, critical edges split on request. Reused from one method to the next.</summary>
/// <remarks>
/// Nodes 0 … <see cref="BlockCount"/>-1 are blocks by offset, then come split edges, then (as node <see cref="NodeCount"/>) the virtual exit.
/// A handler's predecessors are all blocks of its try region, since any instruction may throw; such edges are kept apart from
/// the normal ones and are never split. A filter is reached from the try region, its handler from the filter's <c>endfilter</c>.
/// </remarks>
internal sealed class BlockGraph
{
    private readonly HandlerEdges _handlerEdges = new();
    private int[] _blockAt = new int[256];
    private int[] _predecessorCount = new int[64];
    private int[] _stack = new int[64];
    private int[] _edgeTarget = new int[64];
    private int[] _edgeNode = new int[64];

    /// <summary>Number of blocks.</summary>
    public int BlockCount { get; private set; }

    /// <summary>Number of blocks and split edges.</summary>
    public int NodeCount { get; private set; }

    /// <summary>First IL byte of each block, and behind the last the size of the body.</summary>
    public int[] Start { get; private set; } = new int[64];

    /// <summary>Offset of the branch, switch or end that closes each block, or -1 where it falls through.</summary>
    public int[] Terminator { get; private set; } = new int[64];

    /// <summary>True where a block may raise an exception before it reaches a successor.</summary>
    public bool[] MayThrow { get; private set; } = new bool[64];

    /// <summary>True where a block can be reached from the entry.</summary>
    public bool[] Reachable { get; private set; } = new bool[64];

    /// <summary>True where a block begins a handler or a filter.</summary>
    public bool[] BeginsHandler { get; private set; } = new bool[64];

    /// <summary>Index of each block's first normal edge; one more entry behind the last.</summary>
    public int[] FirstEdge { get; private set; } = new int[64];

    /// <summary>Target block of each normal edge: the fall-through first, then the taken one or the arms of a switch in order.</summary>
    public int[] EdgeTarget => _edgeTarget;

    /// <summary>Node of each normal edge that was split, or -1.</summary>
    public int[] EdgeNode => _edgeNode;

    /// <summary>Index of each node's first successor in <see cref="Successors"/>; one more entry behind the last.</summary>
    public int[] FirstSuccessor { get; private set; } = new int[64];

    /// <summary>How many of a node's successors are normal ones; handlers come behind them.</summary>
    public int[] NormalSuccessors { get; private set; } = new int[64];

    /// <summary>Successors of all nodes, split edges in place.</summary>
    public int[] Successors { get; private set; } = new int[128];

    /// <summary>Builds the graph of a body.</summary>
    /// <param name="code">The body's IL.</param>
    /// <param name="body">Its decoded marks and clauses.</param>
    /// <param name="splitCriticalEdges">Level <c>edge</c>.</param>
    public void Build(ReadOnlySpan<byte> code, MethodBody body, bool splitCriticalEdges)
    {
        FindBlocks(body);
        FindEdges(code, body);
        _handlerEdges.Find(this, code, body);
        FindReachable();
        Split(splitCriticalEdges);
        LinkNodes();
    }

    /// <summary>The block that begins at an offset.</summary>
    public int BlockAt(int offset) => _blockAt[offset];

    /// <summary>True if control passes from this block to the next one without a jump.</summary>
    /// <remarks>Two-byte opcodes that end a block (<c>rethrow</c>, <c>endfilter</c>) never do; their first byte reads as an end in the table.</remarks>
    public bool FallsThrough(ReadOnlySpan<byte> code, int block) =>
        Terminator[block] < 0 || OpcodeTable.Flow(OpcodeTable.OneByte[code[Terminator[block]]]) == FlowKind.ConditionalBranch;

    private static void Reserve<T>(ref T[] array, int length)
    {
        if (array.Length < length)
        {
            Array.Resize(ref array, Math.Max(length, array.Length * 2));
        }
    }

    private void FindBlocks(MethodBody body)
    {
        ReadOnlySpan<byte> marks = body.Marks.AsSpan(0, body.CodeSize);
        int count = 0;
        foreach (byte mark in marks)
        {
            count += (mark >> 1) & 1;
        }

        ReserveBlocks(count, body.CodeSize);
        int block = -1;
        for (int offset = 0; offset < marks.Length; offset++)
        {
            byte mark = marks[offset];
            if ((mark & MethodBody.Leader) != 0)
            {
                block++;
                Start[block] = offset;
                Terminator[block] = -1;
                MayThrow[block] = false;
                _blockAt[offset] = block;
            }

            if ((mark & MethodBody.MayThrow) != 0)
            {
                MayThrow[block] = true;
            }
        }

        BlockCount = count;
        Start[count] = body.CodeSize;
        block = 0;
        foreach (int terminator in body.Terminators)
        {
            while (Start[block + 1] <= terminator)
            {
                block++;
            }

            Terminator[block] = terminator;
        }
    }

    private void ReserveBlocks(int count, int codeSize)
    {
        if (Start.Length <= count + 1)
        {
            int size = Math.Max(count + 2, Start.Length * 2);
            Start = new int[size];
            Terminator = new int[size];
            MayThrow = new bool[size];
            Reachable = new bool[size];
            BeginsHandler = new bool[size];
            FirstEdge = new int[size];
            _predecessorCount = new int[size];
            _stack = new int[size];
        }

        Reserve(ref _blockAt, codeSize + 1);
    }

    private void FindEdges(ReadOnlySpan<byte> code, MethodBody body)
    {
        int edges = 0;
        for (int block = 0; block < BlockCount; block++)
        {
            FirstEdge[block] = edges;
            if (FallsThrough(code, block) && Start[block + 1] < body.CodeSize)
            {
                AddEdge(ref edges, block + 1);
            }

            int terminator = Terminator[block];
            if (terminator < 0)
            {
                continue;
            }

            byte opcode = code[terminator];
            switch (OpcodeTable.Operand(OpcodeTable.OneByte[opcode]))
            {
                case OperandKind.ShortBranch:
                    AddEdge(ref edges, _blockAt[terminator + 2 + (sbyte)code[terminator + 1]]);
                    break;
                case OperandKind.LongBranch:
                    AddEdge(ref edges, _blockAt[terminator + 5 + BinaryPrimitives.ReadInt32LittleEndian(code[(terminator + 1)..])]);
                    break;
                case OperandKind.Switch when opcode == Opcode.Switch:
                    int count = BinaryPrimitives.ReadInt32LittleEndian(code[(terminator + 1)..]);
                    int next = terminator + 5 + (count * 4);
                    for (int arm = 0; arm < count; arm++)
                    {
                        AddEdge(ref edges, _blockAt[next + BinaryPrimitives.ReadInt32LittleEndian(code[(terminator + 5 + (arm * 4))..])]);
                    }

                    break;
            }
        }

        FirstEdge[BlockCount] = edges;
        Reserve(ref _edgeNode, edges);
    }

    private void AddEdge(ref int edges, int target)
    {
        Reserve(ref _edgeTarget, edges + 1);
        _edgeTarget[edges++] = target;
    }

    private void FindReachable()
    {
        Array.Clear(Reachable, 0, BlockCount);
        int depth = 0;
        Visit(0, ref depth);
        Drain(ref depth);
        bool changed = _handlerEdges.Count > 0;
        while (changed)
        {
            changed = false;
            foreach ((int from, int to) in _handlerEdges.Edges)
            {
                if (Reachable[from] && !Reachable[to])
                {
                    Visit(to, ref depth);
                    Drain(ref depth);
                    changed = true;
                }
            }
        }
    }

    private void Visit(int block, ref int depth)
    {
        if (!Reachable[block])
        {
            Reachable[block] = true;
            _stack[depth++] = block;
        }
    }

    private void Drain(ref int depth)
    {
        while (depth > 0)
        {
            int block = _stack[--depth];
            for (int edge = FirstEdge[block]; edge < FirstEdge[block + 1]; edge++)
            {
                Visit(EdgeTarget[edge], ref depth);
            }
        }
    }

    // A critical edge leaves a block with several successors and enters one with several predecessors (LLVM, SplitAllCriticalEdges);
    // parallel edges count one by one. The method's entry counts as a predecessor of the first block.
    private void Split(bool splitCriticalEdges)
    {
        NodeCount = BlockCount;
        Array.Fill(EdgeNode, -1, 0, FirstEdge[BlockCount]);
        if (!splitCriticalEdges)
        {
            return;
        }

        Array.Clear(_predecessorCount, 0, BlockCount);
        _predecessorCount[0] = 1;
        for (int block = 0; block < BlockCount; block++)
        {
            for (int edge = FirstEdge[block]; Reachable[block] && edge < FirstEdge[block + 1]; edge++)
            {
                _predecessorCount[EdgeTarget[edge]]++;
            }
        }

        for (int block = 0; block < BlockCount; block++)
        {
            if (!Reachable[block] || FirstEdge[block + 1] - FirstEdge[block] < 2)
            {
                continue;
            }

            for (int edge = FirstEdge[block]; edge < FirstEdge[block + 1]; edge++)
            {
                if (_predecessorCount[EdgeTarget[edge]] > 1)
                {
                    EdgeNode[edge] = NodeCount++;
                }
            }
        }
    }

    private void LinkNodes()
    {
        int exit = NodeCount;
        if (FirstSuccessor.Length < NodeCount + 2)
        {
            int size = Math.Max(NodeCount + 2, FirstSuccessor.Length * 2);
            FirstSuccessor = new int[size];
            NormalSuccessors = new int[size];
        }

        int total = FirstEdge[BlockCount] + (NodeCount - BlockCount) + _handlerEdges.Count + BlockCount;
        if (Successors.Length < total)
        {
            Successors = new int[Math.Max(total, Successors.Length * 2)];
        }

        CountHandlerEdges();
        int count = 0;
        for (int block = 0; block < BlockCount; block++)
        {
            int handlers = NormalSuccessors[block];
            FirstSuccessor[block] = count;
            for (int edge = FirstEdge[block]; edge < FirstEdge[block + 1]; edge++)
            {
                Successors[count++] = EdgeNode[edge] >= 0 ? EdgeNode[edge] : EdgeTarget[edge];
            }

            NormalSuccessors[block] = count - FirstSuccessor[block];
            if (FirstEdge[block] == FirstEdge[block + 1])
            {
                Successors[count++] = exit;
            }

            count += handlers;
        }

        for (int block = 0; block < BlockCount; block++)
        {
            for (int edge = FirstEdge[block]; edge < FirstEdge[block + 1]; edge++)
            {
                if (EdgeNode[edge] >= 0)
                {
                    FirstSuccessor[EdgeNode[edge]] = count;
                    NormalSuccessors[EdgeNode[edge]] = 1;
                    Successors[count++] = EdgeTarget[edge];
                }
            }
        }

        FirstSuccessor[exit] = FirstSuccessor[exit + 1] = count;
        NormalSuccessors[exit] = 0;
        FillHandlerEdges();
    }

    // While nodes are linked, NormalSuccessors holds how many handler edges each block has.
    private void CountHandlerEdges()
    {
        Array.Clear(NormalSuccessors, 0, BlockCount);
        foreach ((int from, _) in _handlerEdges.Edges)
        {
            NormalSuccessors[from]++;
        }
    }

    private void FillHandlerEdges()
    {
        if (_handlerEdges.Count == 0)
        {
            return;
        }

        Array.Clear(_predecessorCount, 0, BlockCount);
        foreach ((int from, int to) in _handlerEdges.Edges)
        {
            Successors[FirstSuccessor[from + 1] - 1 - _predecessorCount[from]++] = to;
        }
    }
}
