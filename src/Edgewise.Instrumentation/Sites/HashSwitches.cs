using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Reflection.Metadata.Ecma335;
using Edgewise.Instrumentation.Flow;
using Edgewise.Instrumentation.Il;
using Edgewise.Instrumentation.Image;

namespace Edgewise.Instrumentation.Sites;

/// <summary>Finds the switches on strings that C# computes a hash for.</summary>
/// <remarks>
/// Roslyn emits <c>ComputeStringHash(s)</c>, stores it, finds the hash by equality and order, and compares <c>s</c> with the literals of that hash:
/// <c>ldloc s; ldstr; call string.op_Equality; brtrue</c>, for spans with <c>AsSpan</c> and <c>SequenceEqual</c>. From the call on, blocks are followed as long
/// as they do nothing but one of these; whatever else there is belongs to the arms.
/// </remarks>
internal sealed class HashSwitches
{
    private const int NameColumn = 3;

    private static readonly string[] Functions = ["ComputeStringHash", "ComputeSpanHash", "ComputeReadOnlySpanHash"];

    private readonly HashSet<int> _functions = [];
    private readonly Dictionary<int, HashSwitch> _switches = [];
    private readonly HashSet<int> _comparisons = [];
    private readonly Queue<int> _blocks = [];
    private readonly HashSet<int> _seen = [];
    private readonly List<(int Offset, int Literal)> _cases = [];

    /// <summary>Finds the compiler's hash functions.</summary>
    public HashSwitches(MetadataImage metadata)
    {
        for (int row = 1; row <= metadata.Table(TableIndex.MethodDef).OriginalRowCount; row++)
        {
            // Most names differ in their first byte.
            uint name = metadata.GetCell(TableIndex.MethodDef, row, NameColumn);
            if (metadata.GetStringBytes(name) is [(byte)'C', (byte)'o', (byte)'m', (byte)'p', ..] && Functions.Contains(metadata.GetString(name)))
            {
                _functions.Add(0x06000000 | row);
            }
        }
    }

    /// <summary>True for the method that computes hashes.</summary>
    public bool Computes(int methodToken) => _functions.Contains(methodToken);

    /// <summary>True where a hash is compared, which is no comparison of the source's.</summary>
    public bool ComparesHash(int offset) => _comparisons.Contains(offset);

    /// <summary>The switch whose hash is computed by the call at an offset.</summary>
    public bool TryGet(int offset, [NotNullWhen(true)] out HashSwitch? found) => _switches.TryGetValue(offset, out found);

    /// <summary>Finds the switches of a body.</summary>
    public void Find(ReadOnlySpan<byte> code, MethodBody body, BlockGraph graph)
    {
        _switches.Clear();
        _comparisons.Clear();
        if (_functions.Count == 0)
        {
            return;
        }

        for (int block = 0; block < graph.BlockCount; block++)
        {
            int before = -1;
            for (int offset = graph.Start[block]; offset < graph.Start[block + 1]; offset = Next(body, offset, graph.Start[block + 1]))
            {
                if (before >= 0 && IsCallOfHash(code, offset))
                {
                    Follow(code, body, graph, block, before, offset);
                }

                before = offset;
            }
        }
    }

    private static int Next(MethodBody body, int offset, int end)
    {
        do
        {
            offset++;
        }
        while (offset < end && (body.Marks[offset] & MethodBody.InstructionStart) == 0);
        return offset;
    }

    private bool IsCallOfHash(ReadOnlySpan<byte> code, int offset) =>
        code[offset] == Opcode.Call && _functions.Contains(BinaryPrimitives.ReadInt32LittleEndian(code[(offset + 1)..]));

    private void Follow(ReadOnlySpan<byte> code, MethodBody body, BlockGraph graph, int block, int load, int call)
    {
        int end = graph.Start[block + 1];
        int store = Next(body, call, end);
        int text = LoadedVariable.At(code, load);
        int hash = store < end ? LoadedVariable.StoredAt(code, store) : -1;
        if (text < 0 || hash < 0)
        {
            return;
        }

        _cases.Clear();
        _seen.Clear();
        _seen.Add(block);
        if (TakeHash(code, body, graph, block, Next(body, store, end), hash))
        {
            Continue(graph, block);
        }

        while (_blocks.TryDequeue(out int next))
        {
            int start = graph.Start[next];
            if (code[start] is Opcode.Br or Opcode.BrShort || TakeHash(code, body, graph, next, start, hash) || TakeLiteral(code, body, graph, next, text))
            {
                Continue(graph, next);
            }
        }

        if (_cases.Count > 0)
        {
            _switches.Add(call, new HashSwitch(call, load, [.. _cases]));
        }
    }

    private void Continue(BlockGraph graph, int block)
    {
        for (int edge = graph.FirstEdge[block]; edge < graph.FirstEdge[block + 1]; edge++)
        {
            if (_seen.Add(graph.EdgeTarget[edge]))
            {
                _blocks.Enqueue(graph.EdgeTarget[edge]);
            }
        }
    }

    // ldloc hash; [ldc;] and a branch, from an offset to the end of the block.
    private bool TakeHash(ReadOnlySpan<byte> code, MethodBody body, BlockGraph graph, int block, int offset, int hash)
    {
        int end = graph.Start[block + 1];
        int branch = graph.Terminator[block];
        if (branch < 0 || offset >= end || LoadedVariable.At(code, offset) != hash)
        {
            return false;
        }

        int next = Next(body, offset, end);
        if (next != branch && (!LoadedConstant.TryRead(code, next, out _) || Next(body, next, end) != branch))
        {
            return false;
        }

        _comparisons.Add(branch);
        return true;
    }

    // ldloc text; ldstr; one call or two, and a branch.
    private bool TakeLiteral(ReadOnlySpan<byte> code, MethodBody body, BlockGraph graph, int block, int text)
    {
        int end = graph.Start[block + 1];
        int offset = graph.Start[block];
        int literal = Next(body, offset, end);
        if (LoadedVariable.At(code, offset) != text || literal >= end || code[literal] != Opcode.Ldstr)
        {
            return false;
        }

        int call = Next(body, literal, end);
        int after = call < end ? Next(body, call, end) : end;
        if (after < end && code[after] == Opcode.Call)
        {
            call = after;
            after = Next(body, call, end);
        }

        if (call >= end || code[call] != Opcode.Call || after != graph.Terminator[block])
        {
            return false;
        }

        _cases.Add((call, BinaryPrimitives.ReadInt32LittleEndian(code[(literal + 1)..])));
        return true;
    }
}
