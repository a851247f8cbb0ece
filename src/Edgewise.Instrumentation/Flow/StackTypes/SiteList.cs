using Edgewise.Instrumentation.Il;

namespace Edgewise.Instrumentation.Flow.StackTypes;

/// <summary>The sites of a body in the order of their offsets, and their operands. Reused from one body to the next.</summary>
/// <remarks>Found by a scan first, so that bodies without sites are not analysed; each visit of a block then fills in its sites anew.</remarks>
internal sealed class SiteList(SiteKinds wanted)
{
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
    public void Find(ReadOnlySpan<byte> code, MethodBody body, BlockGraph graph)
    {
        Count = 0;
        _operandCount = 0;
        if (_firstOfBlock.Length < graph.BlockCount)
        {
            _firstOfBlock = new int[Math.Max(graph.BlockCount, _firstOfBlock.Length * 2)];
        }

        ReadOnlySpan<byte> marks = body.Marks.AsSpan(0, code.Length);
        ReadOnlySpan<SiteKinds> kinds = StackEffects.Sites;
        int block = 0;
        int start = 0;
        for (int offset = 0; offset < marks.Length; offset++)
        {
            int mark = marks[offset];
            if ((mark & MethodBody.InstructionStart) == 0)
            {
                continue;
            }

            if ((mark & MethodBody.Leader) != 0)
            {
                _firstOfBlock[block++] = Count;
            }

            if ((mark & MethodBody.Glued) == 0)
            {
                start = offset;
            }

            int opcode = code[offset];
            SiteKinds kind = kinds[opcode == OpcodeTable.TwoBytePrefix ? StackEffects.TwoByte + code[offset + 1] : opcode];
            if ((kind & wanted) != 0)
            {
                Add(offset, start, kind);
            }
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

    private void Add(int offset, int start, SiteKinds kind)
    {
        if (Count == _sites.Length)
        {
            Array.Resize(ref _sites, Count * 2);
        }

        _sites[Count++] = new StackSite(offset, start, kind, StackType.Unknown, SkipReason.Unreachable, 0, 0);
    }
}
