using System.Buffers.Binary;
using System.Reflection.Metadata;
using Edgewise.Instrumentation.Flow.StackTypes;
using Edgewise.Instrumentation.Il;
using Edgewise.Instrumentation.Image;
using Edgewise.Instrumentation.Sites;
using Edgewise.Runtime.Formats;

namespace Edgewise.Instrumentation.Passes;

/// <summary><c>trace-gep</c>: indices into arrays, strings, spans and lists that are not constants, before they are used.</summary>
/// <param name="values">Where operands go.</param>
/// <remarks>As in LLVM each index of an array of several dimensions is one of its own.</remarks>
internal sealed class TraceGepPass(ValueTracer values) : SitePass
{
    private const int Depth = 4;

    private readonly List<int> _kept = [];
    private IndexedCalls? _calls;

    public override string Feature => "trace-gep";

    public override SiteKinds Wanted => SiteKinds.Elements | SiteKinds.Calls;

    public override void Prepare(MetadataReader reader) => _calls = new IndexedCalls(reader);

    public override SiteOutcome Visit(ReadOnlySpan<byte> code, in StackSite site, ReadOnlySpan<StackValue> operands, SiteContext context)
    {
        int token = site.Kind == SiteKinds.Calls || code[site.Offset] == 0xA4 ? BinaryPrimitives.ReadInt32LittleEndian(code[(site.Offset + 1)..]) : 0;
        if (site.Kind == SiteKinds.Calls && (code[site.Offset] == Opcode.Calli || !_calls!.Contains(token)))
        {
            return SiteOutcome.Ignored;
        }

        if (site.Reason != SkipReason.None)
        {
            return SiteOutcome.Unknown;
        }

        bool storesElement = site.Kind == SiteKinds.Elements && MemoryAccess.IsElementStore(code[site.Offset]);
        bool hasValue = storesElement || (site.Kind == SiteKinds.Calls && context.Members.OfCall(token).Returned == ElementCode.Void);
        ReadOnlySpan<StackValue> indices = hasValue ? operands[1..^1] : operands[1..];
        return Trace(site, indices, hasValue ? operands[^1] : default, hasValue, storesElement && token != 0 ? context.TypeOf(token) : 0, context);
    }

    private SiteOutcome Trace(in StackSite site, ReadOnlySpan<StackValue> indices, in StackValue value, bool hasValue, int declared, SiteContext context)
    {
        bool any = false;
        foreach (ref readonly StackValue index in indices)
        {
            // An enumeration that is not at hand: languages have none that are native integers.
            if (index.Kind is not (StackKind.I4 or StackKind.NativeInt) && index.Type != StackType.Unresolved)
            {
                return SiteOutcome.Unknown;
            }

            any |= !index.IsConstant;
        }

        if (!any)
        {
            return SiteOutcome.Redundant;
        }

        _kept.Clear();
        if (hasValue)
        {
            if (!KeptOperand.TryName(value, declared, context, out int kept))
            {
                return SiteOutcome.Unnamed;
            }

            _kept.Add(kept);
        }

        // Each is kept in a temporary of its own until those below are back.
        for (int i = indices.Length - 1; i > 0; i--)
        {
            KeptOperand.TryName(indices[i], ElementCode.Int32, context, out int kept, ordinal: i);
            _kept.Add(kept);
        }

        Emit(site, indices, context);
        return SiteOutcome.Traced;
    }

    private void Emit(in StackSite site, ReadOnlySpan<StackValue> indices, SiteContext context)
    {
        ByteBuffer il = context.Begin(site.Start);
        foreach (int kept in _kept)
        {
            Locals.Store(il, kept);
        }

        int next = _kept.Count;
        foreach (ref readonly StackValue index in indices)
        {
            if (!index.IsConstant)
            {
                int width = index.Kind == StackKind.NativeInt ? sizeof(ulong) : sizeof(uint);
                values.EmitTop(il, index, width, context.AddSite(site.Offset, SiteKind.Index, width), CallbackMethods.TraceGep, context);
            }

            if (next > 0)
            {
                Locals.Load(il, _kept[--next]);
            }
        }

        while (next > 0)
        {
            Locals.Load(il, _kept[--next]);
        }

        context.End(indices.Length + Depth);
    }
}
