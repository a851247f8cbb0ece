using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using Edgewise.Instrumentation.Flow;
using Edgewise.Instrumentation.Il;
using Edgewise.Instrumentation.Image;
using Edgewise.Instrumentation.Sites;
using Edgewise.Runtime.Formats;

namespace Edgewise.Instrumentation.Passes;

/// <summary>
/// <c>control-flow</c>: the blocks of each method, their successors and callees, in the layout of <c>__sancov_cfs</c>; <see cref="ControlFlow"/> reads it.
/// </summary>
/// <param name="reader">Metadata of the original module.</param>
/// <param name="referenced">Finds methods of other assemblies, or null.</param>
/// <remarks>
/// A row a block, and where edges are split, a row for each split edge: its PC, the PCs of its successors, 0, its callees, 0. PCs are those of points, so the
/// first row of a method has the RVA of its first IL byte. Handlers are successors of the blocks that they guard. Callees stand in the order of
/// their calls, as often as they are called.
/// </remarks>
internal sealed class ControlFlowTable(MetadataReader reader, Flow.StackTypes.ReferencedTypes? referenced)
{
    private const byte Jmp = 0x27;

    private readonly CallKinds _kinds = new(reader, referenced);
    private readonly OwnMethods _own = new(reader);
    private readonly List<long> _words = [];

    // Where in the words a MethodDef token stands that is to become an RVA.
    private readonly List<int> _tokens = [];

    /// <summary>How many numbers there are.</summary>
    public int Count => _words.Count;

    /// <summary>Adds the rows of a body.</summary>
    /// <param name="code">Its IL.</param>
    /// <param name="body">Its marks.</param>
    /// <param name="graph">Its blocks and edges.</param>
    /// <param name="offsets">IL offset of each node's PC; null: blocks have their first byte's.</param>
    /// <param name="codeRva">RVA of its first IL byte.</param>
    public void Add(ReadOnlySpan<byte> code, MethodBody body, BlockGraph graph, int[]? offsets, int codeRva)
    {
        for (int block = 0; block < graph.BlockCount; block++)
        {
            AddRow(code, body, graph, offsets, codeRva, block);
            for (int edge = graph.FirstEdge[block]; edge < graph.FirstEdge[block + 1]; edge++)
            {
                if (graph.EdgeNode[edge] >= 0)
                {
                    AddRow(code, body, graph, offsets, codeRva, graph.EdgeNode[edge]);
                }
            }
        }
    }

    /// <summary>Writes the number of words, and the words.</summary>
    /// <param name="output">Where to, aligned to eight bytes.</param>
    /// <param name="codeRvas">RVA of the first IL byte of each method by its row, from 1 on; 0 where it has none.</param>
    public void Write(ByteBuffer output, Func<int, int> codeRvas)
    {
        foreach (int place in _tokens)
        {
            int token = (int)_words[place];
            int rva = codeRvas(token & 0xFFFFFF);
            _words[place] = rva != 0 ? rva : ControlFlow.ElsewhereBase | (uint)token;
        }

        output.WriteInt64(_words.Count);
        foreach (long word in _words)
        {
            output.WriteInt64(word);
        }
    }

    private void AddRow(ReadOnlySpan<byte> code, MethodBody body, BlockGraph graph, int[]? offsets, int codeRva, int node)
    {
        _words.Add(codeRva + OffsetOf(graph, offsets, node));
        for (int i = graph.FirstSuccessor[node]; i < graph.FirstSuccessor[node + 1]; i++)
        {
            if (graph.Successors[i] < graph.NodeCount)
            {
                _words.Add(codeRva + OffsetOf(graph, offsets, graph.Successors[i]));
            }
        }

        _words.Add(0);
        if (node < graph.BlockCount)
        {
            AddCallees(code, body, graph.Start[node], graph.Start[node + 1]);
        }

        _words.Add(0);
    }

    private static int OffsetOf(BlockGraph graph, int[]? offsets, int node) => offsets is null ? graph.Start[node] : offsets[node];

    private void AddCallees(ReadOnlySpan<byte> code, MethodBody body, int start, int end)
    {
        for (int offset = start; offset < end; offset++)
        {
            if ((body.Marks[offset] & MethodBody.InstructionStart) == 0)
            {
                continue;
            }

            byte opcode = code[offset];
            if (opcode == Opcode.Calli)
            {
                _words.Add(ControlFlow.Indirect);
            }
            else if (opcode is Opcode.Call or Opcode.Callvirt or Opcode.Newobj or Jmp)
            {
                AddCallee(opcode, BitConverter.ToInt32(code[(offset + 1)..]));
            }
        }
    }

    private void AddCallee(byte opcode, int token)
    {
        if (opcode == Opcode.Callvirt && _kinds.Of(token) != CallKind.Direct)
        {
            _words.Add(ControlFlow.Indirect);
            return;
        }

        int method = _own.Find(token);
        if (method >>> 24 == (int)TableIndex.MethodDef)
        {
            _tokens.Add(_words.Count);
        }

        _words.Add(ControlFlow.ElsewhereBase | (uint)method);
    }
}
