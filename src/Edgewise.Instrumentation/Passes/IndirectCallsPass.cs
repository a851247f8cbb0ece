using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using Edgewise.Instrumentation.Flow.StackTypes;
using Edgewise.Instrumentation.Il;
using Edgewise.Instrumentation.Image;
using Edgewise.Instrumentation.Sites;
using Edgewise.Runtime.Formats;

namespace Edgewise.Instrumentation.Passes;

/// <summary><c>indirect-calls</c>: virtual and interface methods, delegates and function pointers, each with what it will run.</summary>
/// <param name="callees">Writes the IL.</param>
/// <remarks>
/// Arguments above the receiver are put into temporaries, for nothing else can look below them. Where one has a type that no signature can name the site is
/// left out. A structure's own method that is called by <c>constrained.</c> is a direct call; so is one that nothing can override. Calls of
/// interfaces' static methods are found when code is compiled, and left out, too.
/// </remarks>
internal sealed class IndirectCallsPass(CalleeTracer callees) : SitePass
{
    private const int PrefixSize = 6;
    private const int AllowByRefLike = 0x20;

    // In the order of SanitizerCoverage.TraceNullable's numbers.
    private static readonly string[] NullableMethods = ["ToString", "Equals", "GetHashCode"];

    private readonly List<int> _arguments = [];
    private readonly int[] _ordinals = new int[0x20];
    private readonly ByteBuffer _type = new();
    private CallKinds? _kinds;
    private bool _hasReferenceLikeParameters;

    public override string Feature => "indirect-calls";

    public override SiteKinds Wanted => SiteKinds.Calls | SiteKinds.FunctionPointers;

    public override void Begin(ReadOnlySpan<byte> code, SiteContext context)
    {
        if (_kinds is null)
        {
            _kinds = new CallKinds(context.Metadata, context.Referenced);
            callees.Bind();

            // Any parameter of the module: they are few, and seldom the constraint of a call.
            _hasReferenceLikeParameters = Enumerable.Range(1, context.Metadata.GetTableRowCount(TableIndex.GenericParam))
                .Any(row => ((int)context.Metadata.GetGenericParameter(MetadataTokens.GenericParameterHandle(row)).Attributes & AllowByRefLike) != 0);
        }
    }

    public override SiteOutcome Visit(ReadOnlySpan<byte> code, in StackSite site, ReadOnlySpan<StackValue> operands, SiteContext context)
    {
        switch (code[site.Offset])
        {
            case Opcode.Callvirt:
                return site.Reason != SkipReason.None ? SiteOutcome.Unknown : VisitVirtual(code, site, operands, context);
            case Opcode.Calli:
                return site.Reason != SkipReason.None ? SiteOutcome.Unknown : VisitPointer(site, context);
            case OpcodeTable.TwoBytePrefix:
                VisitFunction(code, site, context);
                return SiteOutcome.Ignored;
            default:
                return SiteOutcome.Ignored;
        }
    }

    private static int Token(ReadOnlySpan<byte> code, int offset) => BitConverter.ToInt32(code[offset..]);

    private SiteOutcome VisitVirtual(ReadOnlySpan<byte> code, in StackSite site, ReadOnlySpan<StackValue> operands, SiteContext context)
    {
        int method = Token(code, site.Offset + 1);
        CallKind kind = _kinds!.Of(method);
        int constraint = ConstrainedPrefix.Token(code, site);
        if (kind == CallKind.Direct)
        {
            return SiteOutcome.NotTraced;
        }

        if (kind == CallKind.Unknown || operands.Length == 0)
        {
            return SiteOutcome.Unknown;
        }

        if (constraint != 0)
        {
            return VisitConstrained(site, operands, method, constraint, context);
        }

        if (operands[0].Kind != StackKind.O || !TryTake(operands, context))
        {
            return SiteOutcome.Unknown;
        }

        int number = context.AddSite(site.Offset, SiteKind.IndirectCall, 0);
        ByteBuffer il = BeginAbove(site, context);
        switch (kind)
        {
            case CallKind.Target or CallKind.PerhapsTarget:
                callees.Target(il, method, kind == CallKind.PerhapsTarget, number, context);
                break;
            case CallKind.InContext:
                callees.InContext(il, method, number, context);
                break;
            default:
                callees.Receiver(il, method, number, context);
                break;
        }

        End(il, context);
        return SiteOutcome.Traced;
    }

    private SiteOutcome VisitConstrained(in StackSite site, ReadOnlySpan<StackValue> operands, int method, int constraint, SiteContext context)
    {
        _type.Clear();
        if (!IsParameter(constraint, context.Metadata, out bool mayBeReferenceLike))
        {
            // A structure's method is found by the compiler.
            return SiteOutcome.NotTraced;
        }

        if (mayBeReferenceLike || !TryTake(operands, context))
        {
            return SiteOutcome.Unknown;
        }

        int number = context.AddSite(site.Offset, SiteKind.IndirectCall, 0);
        ByteBuffer il = BeginAbove(site, context);
        callees.Constrained(il, constraint, _type.AsSpan(), method, number, context);
        int ofNullable = ObjectMethod(method, context.Metadata);
        if (ofNullable >= 0)
        {
            callees.OfNullable(il, _type.AsSpan(), ofNullable, number, context);
        }

        End(il, context);
        return SiteOutcome.Traced;
    }

    private SiteOutcome VisitPointer(in StackSite site, SiteContext context)
    {
        int number = context.AddSite(site.Offset, SiteKind.IndirectCall, 0);
        ByteBuffer il = context.Begin(site.Start);
        callees.Pointer(il, number, context);
        context.End(CalleeTracer.Depth);
        return SiteOutcome.Traced;
    }

    // What becomes a delegate is told by the delegate.
    private void VisitFunction(ReadOnlySpan<byte> code, in StackSite site, SiteContext context)
    {
        int next = site.Offset + PrefixSize;
        if (site.Start != site.Offset || site.Reason != SkipReason.None || (next < code.Length && code[next] == Opcode.Newobj)
            || !TryFindOwner(Token(code, site.Offset + 2), context.Metadata, out int operand, out int type))
        {
            return;
        }

        ByteBuffer il = context.Begin(site.Offset, PrefixSize);
        callees.Function(il, Token(code, site.Offset + 2), operand, type);
        context.End(CalleeTracer.Depth);
    }

    private static bool TryFindOwner(int token, MetadataReader reader, out int method, out int type)
    {
        EntityHandle handle = MetadataTokens.EntityHandle(token);
        if (handle.Kind == HandleKind.MethodSpecification)
        {
            handle = reader.GetMethodSpecification((MethodSpecificationHandle)handle).Method;
        }

        method = token;
        EntityHandle owner = handle.Kind switch
        {
            HandleKind.MethodDefinition => reader.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType(),
            HandleKind.MemberReference => reader.GetMemberReference((MemberReferenceHandle)handle).Parent,
            _ => default,
        };
        type = owner.IsNil ? 0 : MetadataTokens.GetToken(owner);
        return owner is { IsNil: false, Kind: HandleKind.TypeDefinition or HandleKind.TypeReference or HandleKind.TypeSpecification };
    }

    // Of those methods only these are virtual.
    private static int ObjectMethod(int token, MetadataReader reader)
    {
        EntityHandle handle = MetadataTokens.EntityHandle(token);
        if (handle.Kind != HandleKind.MemberReference)
        {
            return -1;
        }

        MemberReference member = reader.GetMemberReference((MemberReferenceHandle)handle);
        return member.Parent.Kind == HandleKind.TypeReference && TypeDefinitions.IsNamed(reader, member.Parent, "Object")
            ? Array.IndexOf(NullableMethods, reader.GetString(member.Name)) : -1;
    }

    private bool IsParameter(int token, MetadataReader reader, out bool mayBeReferenceLike)
    {
        mayBeReferenceLike = false;
        EntityHandle handle = MetadataTokens.EntityHandle(token);
        if (handle.Kind != HandleKind.TypeSpecification)
        {
            return false;
        }

        BlobHandle blob = reader.GetTypeSpecification((TypeSpecificationHandle)handle).Signature;
        BlobReader signature = reader.GetBlobReader(blob);
        if (signature.ReadByte() is not (ElementCode.TypeVariable or ElementCode.MethodVariable))
        {
            return false;
        }

        _type.WriteBytes(reader.GetBlobBytes(blob));
        mayBeReferenceLike = _hasReferenceLikeParameters;
        return true;
    }

    // Finds a temporary for each argument above the receiver, the topmost last.
    private bool TryTake(ReadOnlySpan<StackValue> operands, SiteContext context)
    {
        _arguments.Clear();
        Array.Clear(_ordinals);
        for (int i = 1; i < operands.Length; i++)
        {
            if (!TryTake(operands, i, context, out int variable))
            {
                return false;
            }

            _arguments.Add(variable);
        }

        return true;
    }

    private bool TryTake(ReadOnlySpan<StackValue> operands, int index, SiteContext context, out int variable)
    {
        // Objects lie in variables of type object: what is known of a value's class may be less than the truth, and must not mislead the JIT.
        byte code = operands[index].Kind switch
        {
            StackKind.O => ElementCode.Object,
            StackKind.I4 => ElementCode.Int32,
            StackKind.I8 => ElementCode.Int64,
            StackKind.F4 => ElementCode.Single,
            StackKind.F8 => ElementCode.Double,
            StackKind.NativeInt => ElementCode.IntPtr,
            _ => 0,
        };
        if (code != 0)
        {
            // The first native integer is the callee's address.
            variable = context.Temporary(code, _ordinals[code]++ + (code == ElementCode.IntPtr ? 1 : 0));
            return true;
        }

        int ordinal = 0;
        for (int i = 1; i < index; i++)
        {
            ordinal += operands[i].TypeIndex == operands[index].TypeIndex ? 1 : 0;
        }

        return context.TryTemporary(operands[index], ordinal, out variable);
    }

    private ByteBuffer BeginAbove(in StackSite site, SiteContext context)
    {
        ByteBuffer il = context.Begin(site.Start);
        for (int i = _arguments.Count - 1; i >= 0; i--)
        {
            Locals.Store(il, _arguments[i]);
        }

        return il;
    }

    private void End(ByteBuffer il, SiteContext context)
    {
        foreach (int argument in _arguments)
        {
            Locals.Load(il, argument);
        }

        context.End(CalleeTracer.Depth);
    }
}
