using System.Buffers.Binary;
using Edgewise.Instrumentation.Il;

namespace Edgewise.Instrumentation.Flow.StackTypes;

/// <summary>Runs the instructions of a block over types in place of values.</summary>
internal sealed partial class StackInterpreter(TypeTable types, MemberTypes members, SiteList sites, SiteKinds wanted)
{
    private int[] _arguments = new int[16];
    private int[] _locals = new int[64];
    private StackValue[] _stack = new StackValue[64];
    private int _argumentCount;
    private int _localCount;
    private int _limit;
    private int _depth;

    // Bytes of an operand by its kind; a switch is as long as it says.
    private static ReadOnlySpan<sbyte> OperandSizes => [0, 1, 2, 4, 8, 1, 4, -1];

    /// <summary>The stack, the topmost value last.</summary>
    public ReadOnlySpan<StackValue> Stack => _stack.AsSpan(0, _depth);

    /// <summary>Makes ready for a body.</summary>
    /// <exception cref="BadImageFormatException">Its signatures are damaged.</exception>
    public void Begin(MethodBody body, int methodToken)
    {
        _argumentCount = members.ReadArguments(methodToken, ref _arguments);
        _localCount = members.ReadLocals(body.LocalsToken, ref _locals);
        _limit = body.MaxStack;
        if (_stack.Length < _limit)
        {
            _stack = new StackValue[_limit];
        }
    }

    /// <summary>Runs the instructions from one offset up to another.</summary>
    /// <param name="code">The body's IL.</param>
    /// <param name="start">Where the block begins.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="entry">The stack at its entry.</param>
    /// <param name="site">Number of its first site.</param>
    /// <exception cref="BodyException">The instructions ask for what is not there.</exception>
    /// <exception cref="BadImageFormatException">They refer to damaged metadata.</exception>
    public void Run(ReadOnlySpan<byte> code, int start, int end, ReadOnlySpan<StackValue> entry, int site)
    {
        entry.CopyTo(_stack);
        _depth = entry.Length;
        ReadOnlySpan<StackEffect> effects = StackEffects.Effects;
        ReadOnlySpan<SiteKinds> kinds = StackEffects.Sites;
        int offset = start;
        while (offset < end)
        {
            int at = offset;
            int opcode = code[offset++];
            byte properties = OpcodeTable.OneByte[opcode];
            if (opcode == OpcodeTable.TwoBytePrefix)
            {
                properties = OpcodeTable.TwoByte[code[offset]];
                opcode = StackEffects.TwoByte + code[offset++];
            }

            SiteKinds kind = kinds[opcode] & wanted;
            if (kind != SiteKinds.None)
            {
                Record(site++, kind, opcode, code, offset);
            }

            Apply(effects[opcode], opcode, code, offset, at);
            int size = OperandSizes[(int)OpcodeTable.Operand(properties)];
            offset += size >= 0 ? size : 4 + (4 * BinaryPrimitives.ReadInt32LittleEndian(code[offset..]));
        }
    }

    private static int Token(ReadOnlySpan<byte> code, int offset) => BinaryPrimitives.ReadInt32LittleEndian(code[offset..]);

    private static BodyException Malformed(string message) => new(BodyException.Malformed, message);

    private void Record(int site, SiteKinds kind, int opcode, ReadOnlySpan<byte> code, int offset)
    {
        if (kind == SiteKinds.Calls)
        {
            CallShape shape = members.OfCall(Token(code, offset));
            int arguments = opcode == Opcode.Newobj ? shape.Parameters : opcode == Opcode.Calli ? shape.Arguments + 1 : shape.Arguments;
            sites.Set(site, StackType.None, SkipReason.None, Top(arguments));
            return;
        }

        if (kind is SiteKinds.FunctionPointers or SiteKinds.StaticFieldLoads or SiteKinds.StaticFieldStores)
        {
            sites.Set(site, StackType.None, SkipReason.None, Top(StackEffects.Operands(kind, storesElement: false)));
            return;
        }

        ReadOnlySpan<StackValue> operands = Top(StackEffects.Operands(kind, storesElement: opcode is >= 0x9B and not 0xA3));
        StackType type = operands[0].Type;
        SkipReason reason = operands[0].Reason;
        if (kind is SiteKinds.Comparisons or SiteKinds.Divisions)
        {
            type = kind == SiteKinds.Comparisons
                ? StackArithmetic.Common(operands[0], operands[1]) : StackArithmetic.Result(opcode, operands[0].Type, operands[1].Type);
            reason = StackArithmetic.ReasonOf(type, operands[0], operands[1]);
        }
        else if (kind == SiteKinds.Elements)
        {
            type = operands[1].Type;
            reason = operands[1].Reason;
        }

        // Only a 32-bit integer can choose an arm; an index could be a native one too, but no enumeration that languages let one write is.
        if (type == StackType.Unresolved && kind is SiteKinds.Switches or SiteKinds.Elements)
        {
            (type, reason) = (StackType.Int32, SkipReason.None);
        }

        sites.Set(site, type, reason, operands);
    }

    private ReadOnlySpan<StackValue> Top(int count) =>
        count <= _depth ? _stack.AsSpan(_depth - count, count) : throw Malformed("an instruction takes more than the stack holds");
}
