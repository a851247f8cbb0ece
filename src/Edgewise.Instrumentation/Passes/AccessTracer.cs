using System.Numerics;
using System.Reflection.Metadata;
using Edgewise.Instrumentation.Flow.StackTypes;
using Edgewise.Instrumentation.Il;
using Edgewise.Instrumentation.Image;
using Edgewise.Instrumentation.Sites;
using Edgewise.Runtime.Formats;

namespace Edgewise.Instrumentation.Passes;

/// <summary>Hands addresses that are loaded from or stored to, to the callback for the size.</summary>
/// <param name="callbacks">Binds callbacks.</param>
/// <param name="holder">Where references are added.</param>
/// <remarks>
/// The address of a field or an element is taken by <c>ldflda</c>, <c>ldsflda</c> or <c>readonly. ldelema</c> right in front of the access: these
/// throw for a null reference or an index out of range just what the access would, and neither looks at the type of an array's elements. It is made
/// a number before it is handed over, so the collector may move the object meanwhile.
/// </remarks>
internal sealed class AccessTracer(CallbackBinder callbacks, HolderRows holder)
{
    private const byte ReadonlySecond = 0x1E;
    private const int Depth = 4;

    private readonly int[] _elementTypes = new int[MemoryAccess.ElementNames.Length];
    private StructureSizes? _sizes;

    /// <summary>Makes ready for a module.</summary>
    public void Prepare(MetadataReader reader) => _sizes ??= new StructureSizes(reader);

    /// <summary>Traces the load or store at a site.</summary>
    /// <param name="code">IL of the body.</param>
    /// <param name="site">The site.</param>
    /// <param name="operands">Its operands: the place, and what is stored on top.</param>
    /// <param name="isStore">True for stores.</param>
    /// <param name="context">What to insert with.</param>
    public SiteOutcome Trace(ReadOnlySpan<byte> code, in StackSite site, ReadOnlySpan<StackValue> operands, bool isStore, SiteContext context)
    {
        if (site.Reason != SkipReason.None)
        {
            return SiteOutcome.Unknown;
        }

        MemoryAccess access = MemoryAccess.Read(code, site, context, _sizes!);
        if (access.Size < 0 || !HasAddress(site, operands))
        {
            return SiteOutcome.NotTraced;
        }

        if (access.Size == StructureSizes.Unknown)
        {
            return SiteOutcome.UnknownSize;
        }

        CallbackMethods first = isStore ? CallbackMethods.Store1 : CallbackMethods.Load1;
        CallbackMethods callback = (CallbackMethods)((long)first << BitOperations.Log2((uint)access.Size));
        if (!callbacks.IsBound(callback))
        {
            return SiteOutcome.NoCallback;
        }

        // What is stored to a static field lies on nothing that is looked at.
        int value = -1;
        if (isStore && site.Kind != SiteKinds.StaticFieldStores && !KeptOperand.TryName(operands[^1], access.Type, context, out value))
        {
            return SiteOutcome.Unnamed;
        }

        Emit(site, operands, access, value, isStore ? SiteKind.Store : SiteKind.Load, callback, context);
        return SiteOutcome.Traced;
    }

    // A structure on the stack, or an enumeration, lies nowhere.
    private static bool HasAddress(in StackSite site, ReadOnlySpan<StackValue> operands) => site.Kind switch
    {
        SiteKinds.IndirectLoads or SiteKinds.IndirectStores => operands[0].Kind is StackKind.ManagedPointer or StackKind.NativeInt,
        SiteKinds.FieldLoads or SiteKinds.FieldStores => operands[0].Kind is StackKind.O or StackKind.ManagedPointer or StackKind.NativeInt,
        _ => true,
    };

    private void Emit(
        in StackSite site, ReadOnlySpan<StackValue> operands, in MemoryAccess access, int value, SiteKind kind, CallbackMethods callback, SiteContext context)
    {
        int number = context.AddSite(site.Offset, kind, access.Size);
        ByteBuffer il = context.Begin(site.Start);
        if (value >= 0)
        {
            Locals.Store(il, value);
        }

        int index = site.Kind == SiteKinds.Elements ? context.Temporary(operands[1].Kind == StackKind.NativeInt ? ElementCode.IntPtr : ElementCode.Int32, 0) : -1;
        LoadAddress(il, site, access, index);
        il.WriteByte(Opcode.ConvU);
        context.LoadSite(il, number);
        Emitter.Token(il, Opcode.Call, callbacks.Token(callback));
        if (index >= 0)
        {
            Locals.Load(il, index);
        }

        if (value >= 0)
        {
            Locals.Load(il, value);
        }

        context.End(Depth);
    }

    private void LoadAddress(ByteBuffer il, in StackSite site, in MemoryAccess access, int index)
    {
        switch (site.Kind)
        {
            case SiteKinds.StaticFieldLoads or SiteKinds.StaticFieldStores:
                Emitter.Token(il, Opcode.Ldsflda, access.Token);
                break;
            case SiteKinds.FieldLoads or SiteKinds.FieldStores:
                il.WriteByte(Opcode.Dup);
                Emitter.Token(il, Opcode.Ldflda, access.Token);
                break;
            case SiteKinds.Elements:
                Locals.Store(il, index);
                il.WriteByte(Opcode.Dup);
                Locals.Load(il, index);
                il.WriteByte(OpcodeTable.TwoBytePrefix);
                il.WriteByte(ReadonlySecond);
                Emitter.Token(il, Opcode.Ldelema, access.Token != 0 ? access.Token : ElementType(access.Element));
                break;
            default:
                il.WriteByte(Opcode.Dup);
                break;
        }
    }

    private int ElementType(int element) => _elementTypes[element] != 0 ? _elementTypes[element]
        : _elementTypes[element] = holder.FrameworkType("System", MemoryAccess.ElementNames[element]);
}
