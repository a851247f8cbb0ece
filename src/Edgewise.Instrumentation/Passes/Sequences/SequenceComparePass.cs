using System.Buffers.Binary;
using Edgewise.Instrumentation.Flow.StackTypes;
using Edgewise.Instrumentation.Il;
using Edgewise.Instrumentation.Image;
using Edgewise.Instrumentation.Sites;
using Edgewise.Runtime.Formats;

namespace Edgewise.Instrumentation.Passes.Sequences;

/// <summary><c>trace-cmp</c>: the operands of the framework's comparisons and look-ups, and the inputs of its parsers, before they are called.</summary>
/// <param name="callbacks">Binds callbacks.</param>
/// <param name="tracers">Chooses what is called.</param>
/// <param name="hashes">Finds switches on strings; the pass for integers has it search each body first.</param>
/// <remarks>The call itself stays as it is, with its arguments taken off the stack and put back: it returns and throws what it always did.</remarks>
internal sealed class SequenceComparePass(CallbackBinder callbacks, SequenceTracers tracers, HashSwitches hashes) : SitePass
{
    private const int DepthBesides = 8;

    private readonly Dictionary<(int Token, bool IsCreation, int Constraint), (TracedCall? Call, bool IsWanted)> _calls = [];
    private readonly List<int> _temporaries = [];
    private readonly Dictionary<int, int> _cases = [];

    public override string Feature => "trace-cmp";

    public override SiteKinds Wanted => SiteKinds.Calls;

    public override void Begin(ReadOnlySpan<byte> code, SiteContext context) => _cases.Clear();

    public override SiteOutcome Visit(ReadOnlySpan<byte> code, in StackSite site, ReadOnlySpan<StackValue> operands, SiteContext context)
    {
        byte opcode = code[site.Offset];
        if (opcode == Opcode.Calli || site.Reason == SkipReason.Unreachable)
        {
            return SiteOutcome.Ignored;
        }

        if (hashes.TryGet(site.Offset, out HashSwitch? found))
        {
            return OfferCases(found, site, operands[0], code, context);
        }

        int token = BinaryPrimitives.ReadInt32LittleEndian(code[(site.Offset + 1)..]);
        (TracedCall? call, bool isWanted) = Find(token, opcode == Opcode.Newobj, ConstrainedPrefix.Token(code, site));
        if (call is null || operands.Length != call.Arguments.Length)
        {
            return isWanted ? SiteOutcome.NotTraced : SiteOutcome.Ignored;
        }

        Trace(call, site, context);
        return SiteOutcome.Traced;
    }

    private (TracedCall? Call, bool IsWanted) Find(int token, bool isCreation, int constraint)
    {
        if (!_calls.TryGetValue((token, isCreation, constraint), out (TracedCall? Call, bool IsWanted) found))
        {
            TracedCall? call = constraint == 0 ? tracers.Find(token, isCreation, out bool isWanted) : tracers.FindConstrained(token, constraint, out isWanted);
            found = (call, isWanted);
            _calls.Add((token, isCreation, constraint), found);
        }

        return found;
    }

    private void Trace(TracedCall call, in StackSite site, SiteContext context)
    {
        int number = _cases.TryGetValue(site.Offset, out int known) ? known
            : context.AddSite(site.Offset, SiteKind.SequenceCompare, call.IsUtf16 ? sizeof(char) : sizeof(byte));
        ByteBuffer il = context.Begin(site.Start);
        int lowest = call.Operands.Min();
        TakeTemporaries(call, lowest, context);
        for (int i = call.Arguments.Length - 1; i >= lowest; i--)
        {
            Locals.Store(il, _temporaries[i - lowest]);
        }

        foreach (int operand in call.Operands)
        {
            Locals.Load(il, _temporaries[operand - lowest]);
        }

        if (call.Sample != 0)
        {
            Emitter.Token(il, Opcode.Ldstr, call.Sample);
        }

        LoadPlace(il, number, call.IsUtf16, context);
        Emitter.Token(il, Opcode.Call, call.Tracer);
        for (int i = lowest; i < call.Arguments.Length; i++)
        {
            Locals.Load(il, _temporaries[i - lowest]);
        }

        context.End(DepthBesides);
    }

    // Each literal is offered in the place of the comparison that comes only when the hash is right.
    private SiteOutcome OfferCases(HashSwitch found, in StackSite site, in StackValue text, ReadOnlySpan<byte> code, SiteContext context)
    {
        if (!context.TryEncode(text, out byte[] type) || tracers.LiteralTracer(type) is not (> 0 and var tracer))
        {
            return SiteOutcome.NotTraced;
        }

        ByteBuffer il = context.Begin(site.Start);
        foreach ((int offset, int literal) in found.Cases)
        {
            int number = context.AddSite(offset, SiteKind.SequenceCompare, sizeof(char));
            _cases[offset] = number;
            il.WriteBytes(code[found.Load..found.Call]);
            Emitter.Token(il, Opcode.Ldstr, literal);
            LoadPlace(il, number, isUtf16: true, context);
            Emitter.Token(il, Opcode.Call, tracer);
        }

        context.End(DepthBesides);
        return SiteOutcome.Traced;
    }

    // Variables of one type differ by their ordinals.
    private void TakeTemporaries(TracedCall call, int lowest, SiteContext context)
    {
        _temporaries.Clear();
        for (int i = lowest; i < call.Arguments.Length; i++)
        {
            int ordinal = 0;
            for (int before = lowest; before < i; before++)
            {
                ordinal += call.Arguments[before].AsSpan().SequenceEqual(call.Arguments[i]) ? 1 : 0;
            }

            _temporaries.Add(context.Temporary(call.Arguments[i], ordinal));
        }
    }

    private void LoadPlace(ByteBuffer il, int site, bool isUtf16, SiteContext context)
    {
        CallbackMethods callback = isUtf16 ? CallbackMethods.TraceCompareChars : CallbackMethods.TraceCompareBytes;
        if (callbacks.IsNamed(callback))
        {
            Emitter.Constant(il, 0);
            il.WriteByte(Opcode.ConvU);
            il.WriteByte(OpcodeTable.TwoBytePrefix);
            Emitter.Token(il, Opcode.LdftnSecond, callbacks.Token(callback));
            context.LoadSite(il, site);
        }
        else
        {
            context.LoadSequenceSlot(il, site);
            Emitter.Constant(il, 0);
            il.WriteByte(Opcode.ConvI);
            Emitter.Constant(il, 0);
        }
    }
}
