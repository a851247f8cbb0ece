using System.Buffers;
using Edgewise.Instrumentation.Il;

namespace Edgewise.Instrumentation.Flow.StackTypes;

/// <summary>The sites of a body in the order of their offsets, and their operands. Reused from one body to the next.</summary>
/// <remarks>Found by a scan first, so that bodies without sites are not analysed; each visit of a block then fills in its sites anew.</remarks>
internal sealed class SiteList(SiteKinds wanted)
{
    private readonly SearchValues<byte> _firstBytes = SearchValues.Create(FirstBytes(wanted));
    private StackSite[] _sites = new StackSite[64];
    private StackValue[] _operands = new StackValue[256];
    private int[] _firstOfBlock = new int[64];
    private int _operandCount;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>All sites.</summary>
    public ReadOnlySpan<StackSite> All => _sites.AsSpan(0, Count);

    /// <summary>A site's operands, the topmost last.</summary>
    public ReadOnlySpan<StackValue> Operands(in StackSite site) => _operands.AsSpan(site.FirstOperand, site.OperandCount);

    /// <summary>Finds the sites of a body.</summary>
    /// <remarks>Looks for bytes that may be such opcodes, which is fast, and takes those at which an instruction begins.</remarks>
    public void Find(ReadOnlySpan<byte> code, MethodBody body, BlockGraph graph)
    {
        Count = 0;
        _operandCount = 0;
        ReadOnlySpan<byte> marks = body.Marks.AsSpan(0, code.Length);
        int offset = 0;
        while (offset < code.Length)
        {
            int found = code[offset..].IndexOfAny(_firstBytes);
            if (found < 0)
            {
                break;
            }

            offset += found;
            if ((marks[offset] & MethodBody.InstructionStart) != 0)
            {
                int opcode = code[offset];
                SiteKinds kind = StackEffects.Sites[opcode == OpcodeTable.TwoBytePrefix ? StackEffects.TwoByte + code[offset + 1] : opcode];
                if ((kind & wanted) != 0)
                {
                    Add(offset, StartOf(marks, offset), kind);
                }
            }

            offset++;
        }

        if (Count > 0)
        {
            AssignBlocks(graph);
        }
    }

    /// <summary>Number of a block's first site.</summary>
    public int FirstOf(int block) => _firstOfBlock[block];

    /// <summary>Sets the operands and the type of a site.</summary>
    public void Set(int site, StackType type, SkipReason reason, ReadOnlySpan<StackValue> operands)
    {
        ref StackSite found = ref _sites[site];
        if (found.OperandCount != operands.Length)
        {
            found = found with { FirstOperand = _operandCount, OperandCount = operands.Length };
            _operandCount += operands.Length;
            if (_operandCount > _operands.Length)
            {
                Array.Resize(ref _operands, Math.Max(_operandCount, _operands.Length * 2));
            }
        }

        operands.CopyTo(_operands.AsSpan(found.FirstOperand));
        found = found with { Type = type, Reason = reason };
    }

    /// <summary>Takes back what is known of all sites.</summary>
    public void Forget(SkipReason reason)
    {
        for (int i = 0; i < Count; i++)
        {
            _sites[i] = _sites[i] with { Type = StackType.Unknown, Reason = reason, OperandCount = 0 };
        }
    }

    private static byte[] FirstBytes(SiteKinds wanted)
    {
        IEnumerable<int> opcodes = Enumerable.Range(0, StackEffects.Sites.Length).Where(opcode => (StackEffects.Sites[opcode] & wanted) != 0);
        return [.. opcodes.Select(opcode => opcode < StackEffects.TwoByte ? (byte)opcode : OpcodeTable.TwoBytePrefix).Distinct()];
    }

    // Prefixes stand right in front of what they bind to, and the first one is bound to nothing.
    private static int StartOf(ReadOnlySpan<byte> marks, int offset)
    {
        while ((marks[offset] & (MethodBody.Glued | MethodBody.InstructionStart)) != MethodBody.InstructionStart)
        {
            offset--;
        }

        return offset;
    }

    private void AssignBlocks(BlockGraph graph)
    {
        if (_firstOfBlock.Length < graph.BlockCount)
        {
            _firstOfBlock = new int[Math.Max(graph.BlockCount, _firstOfBlock.Length * 2)];
        }

        int site = 0;
        for (int block = 0; block < graph.BlockCount; block++)
        {
            while (site < Count && _sites[site].Offset < graph.Start[block])
            {
                site++;
            }

            _firstOfBlock[block] = site;
        }
    }

    private void Add(int offset, int start, SiteKinds kind)
    {
        if (Count == _sites.Length)
        {
            Array.Resize(ref _sites, Count * 2);
        }

        _sites[Count++] = new StackSite(offset, start, kind, StackType.Unknown, SkipReason.Unreachable, 0, 0);
    }
}
