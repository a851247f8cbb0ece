using System.Buffers.Binary;
using Edgewise.Instrumentation.Flow.StackTypes;
using Edgewise.Instrumentation.Il;
using Edgewise.Instrumentation.Image;
using Edgewise.Instrumentation.Sites;
using Edgewise.Runtime.Formats;

namespace Edgewise.Instrumentation.Passes.Sequences;

/// <summary><c>trace-cmp</c>: the operands of the framework's comparisons and look-ups, and the inputs of its parsers, before they are called.</summary>
/// <remarks>The call itself stays as it is, with its arguments taken off the stack and put back: it returns and throws what it always did.</remarks>
internal sealed class SequenceComparePass(CallbackBinder callbacks, SequenceTracers tracers) : SitePass
{
    private const byte ConstrainedSecond = 0x16;
    private const int DepthBesides = 8;

    private readonly Dictionary<(int Token, bool IsCreation), (TracedCall? Call, bool IsWanted)> _calls = [];
    private readonly List<int> _temporaries = [];

    public override string Feature => "trace-cmp";

    public override SiteKinds Wanted => SiteKinds.Calls;

    public override SiteOutcome Visit(ReadOnlySpan<byte> code, in StackSite site, ReadOnlySpan<StackValue> operands, SiteContext context)
    {
        byte opcode = code[site.Offset];
        if (opcode == Opcode.Calli || site.Reason == SkipReason.Unreachable)
        {
            return SiteOutcome.Ignored;
        }

        int token = BinaryPrimitives.ReadInt32LittleEndian(code[(site.Offset + 1)..]);
        (TracedCall? call, bool isWanted) = Find(token, opcode == Opcode.Newobj);
        if (call is null)
        {
            return isWanted ? SiteOutcome.NotTraced : SiteOutcome.Ignored;
        }

        if (IsConstrained(code, site) || operands.Length != call.Arguments.Length)
        {
            return SiteOutcome.NotTraced;
        }

        Trace(call, site, context);
        return SiteOutcome.Traced;
    }

    private (TracedCall? Call, bool IsWanted) Find(int token, bool isCreation)
    {
        if (!_calls.TryGetValue((token, isCreation), out (TracedCall? Call, bool IsWanted) found))
        {
            found = (tracers.Find(token, isCreation, out bool isWanted), isWanted);
            _calls.Add((token, isCreation), found);
        }

        return found;
    }

    // The receiver is a pointer to what is compared, then.
    private static bool IsConstrained(ReadOnlySpan<byte> code, in StackSite site)
    {
        for (int offset = site.Start; offset < site.Offset; offset++)
        {
            if (code[offset] == OpcodeTable.TwoBytePrefix && code[offset + 1] == ConstrainedSecond)
            {
                return true;
            }
        }

        return false;
    }

    private void Trace(TracedCall call, in StackSite site, SiteContext context)
    {
        int number = context.AddSite(site.Offset, SiteKind.SequenceCompare, call.IsUtf16 ? sizeof(char) : sizeof(byte));
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
