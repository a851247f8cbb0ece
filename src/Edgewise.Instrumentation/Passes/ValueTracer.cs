using Edgewise.Instrumentation.Flow.StackTypes;
using Edgewise.Instrumentation.Il;
using Edgewise.Instrumentation.Image;
using Edgewise.Instrumentation.Sites;
using Edgewise.Runtime.Formats;

namespace Edgewise.Instrumentation.Passes;

/// <summary>Hands operands to callbacks of the user's or, where there are none, stores them in the table of recent compares.</summary>
/// <param name="callbacks">Binds callbacks.</param>
/// <param name="holder">Where references are added.</param>
/// <param name="thread">What callbacks that take it are handed first.</param>
/// <remarks>
/// The table's store stands in the code itself, because the JIT gives up inlining calls in bodies with many compares: an operand of a comparison
/// with a constant is one 32-bit store, two operands are packed into one 64-bit store; only two 64-bit operands take a call, of one 128-bit store.
/// </remarks>
internal sealed class ValueTracer(CallbackBinder callbacks, HolderRows holder, MethodThread? thread)
{
    private const byte Int32 = ElementCode.Int32;
    private const byte Int64 = ElementCode.Int64;
    private const int BitsOfInt32 = 32;
    private const int Depth = 5;

    private readonly Dictionary<StackKind, int> _bits = [];
    private int _storePair;

    /// <summary>True for integers that are not truth values, and for floating point.</summary>
    public static bool CanTrace(StackType type) => type != StackType.Boolean && (type.IsInteger() || type is StackType.Single or StackType.Double);

    /// <summary>Traces an operand beside a constant.</summary>
    /// <param name="site">The site.</param>
    /// <param name="operands">Its operands.</param>
    /// <param name="which">Index of the one that is no constant.</param>
    /// <param name="constant">The constant.</param>
    /// <param name="context">What to insert with.</param>
    public void TraceConstant(in StackSite site, ReadOnlySpan<StackValue> operands, int which, in StackValue constant, SiteContext context)
    {
        int width = site.Type.Width();
        ulong bits = BitsOf(constant, width);
        int number = context.AddSite(site.Offset, SiteKind.ConstantCompare, width, bits);
        ByteBuffer il = context.Begin(site.Start);
        if (which < operands.Length - 1)
        {
            il.WriteByte(Opcode.Pop);
        }

        int value = StoreTopBits(il, operands[which], width, context);
        CallbackMethods callback = Sized(CallbackMethods.TraceConstCmp1, width);
        if (callbacks.IsNamed(callback))
        {
            LoadThread(il, callback);
            LoadConstant(il, (long)bits, width);
            Locals.Load(il, value);
            CallWithSite(il, callback, number, context);
        }
        else
        {
            StoreValue(il, value, width, number, context);
        }

        if (which < operands.Length - 1)
        {
            Reload(il, operands[^1]);
        }

        context.End(Depth);
    }

    /// <summary>Traces two operands.</summary>
    public void TracePair(in StackSite site, ReadOnlySpan<StackValue> operands, SiteContext context)
    {
        int width = site.Type.Width();
        int number = context.AddSite(site.Offset, SiteKind.Compare, width);
        ByteBuffer il = context.Begin(site.Start);
        int top = TopOf(site, operands[1], context);
        Locals.Store(il, top);
        int left = StoreTopBits(il, operands[0], width, context);
        Locals.Load(il, top);
        int right = StoreTopBits(il, operands[1], width, context, ordinal: 2);
        CallbackMethods callback = Sized(CallbackMethods.TraceCmp1, width);
        if (callbacks.IsNamed(callback))
        {
            LoadThread(il, callback);
            Locals.Load(il, left);
            Locals.Load(il, right);
            CallWithSite(il, callback, number, context);
        }
        else if (width == sizeof(ulong))
        {
            context.LoadSlot(il, number);
            Locals.Load(il, left);
            Locals.Load(il, right);
            Emitter.Token(il, Opcode.Call, StorePair());
        }
        else
        {
            context.LoadSlot(il, number);
            Locals.Load(il, right);
            il.WriteByte(Opcode.ConvU8);
            Emitter.Constant(il, BitsOfInt32);
            il.WriteByte(Opcode.Shl);
            Locals.Load(il, left);
            il.WriteByte(Opcode.ConvU8);
            il.WriteByte(Opcode.Or);
            il.WriteByte(Opcode.StindI8);
        }

        context.End(Depth);
    }

    /// <summary>Traces the value that a switch, or a chain of comparisons, decides on.</summary>
    /// <param name="site">The site.</param>
    /// <param name="operands">The value and, where it is compared, the constant on top of it.</param>
    /// <param name="first">What the compiler subtracted from the value.</param>
    /// <param name="cases">The cases, in any order; their lower halves where the value has 32 bits.</param>
    /// <param name="context">What to insert with.</param>
    public void TraceSwitch(in StackSite site, ReadOnlySpan<StackValue> operands, long first, long[] cases, SiteContext context)
    {
        int width = site.Type.Width() == sizeof(ulong) ? sizeof(ulong) : sizeof(uint);
        int number = context.AddSite(site.Offset, SiteKind.Switch, width, [.. cases.Select(value => Narrow(value, width)).Order()]);
        ByteBuffer il = context.Begin(site.Start);
        if (operands.Length > 1)
        {
            il.WriteByte(Opcode.Pop);
        }

        il.WriteByte(Opcode.Dup);
        Convert(il, operands[0].Kind, width);
        if (first != 0)
        {
            LoadConstant(il, first, width);
            il.WriteByte(Opcode.Add);
        }

        int local = context.Temporary(width == sizeof(ulong) ? Int64 : Int32, 0);
        Locals.Store(il, local);
        if (callbacks.IsNamed(CallbackMethods.TraceSwitch))
        {
            LoadThread(il, CallbackMethods.TraceSwitch);
            Locals.Load(il, local);
            il.WriteByte(Opcode.ConvU8);
            context.LoadCases(il, number);
            CallWithSite(il, CallbackMethods.TraceSwitch, number, context);
        }
        else
        {
            StoreValue(il, local, width, number, context);
        }

        if (operands.Length > 1)
        {
            Reload(il, operands[^1]);
        }

        context.End(Depth);
    }

    /// <summary>Traces the topmost operand alone: a divisor, or an index.</summary>
    /// <param name="site">The site.</param>
    /// <param name="value">The operand.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="width">Bytes to trace.</param>
    /// <param name="callback">The user's callback for it.</param>
    /// <param name="context">What to insert with.</param>
    public void TraceTop(in StackSite site, in StackValue value, SiteKind kind, int width, CallbackMethods callback, SiteContext context)
    {
        int number = context.AddSite(site.Offset, kind, width);
        ByteBuffer il = context.Begin(site.Start);
        EmitTop(il, value, width, number, callback, context);
        context.End(Depth);
    }

    /// <summary>The same, within a piece that the caller began.</summary>
    public void EmitTop(ByteBuffer il, in StackValue value, int width, int number, CallbackMethods callback, SiteContext context)
    {
        int local = StoreTopBits(il, value, width, context);
        if (callbacks.IsNamed(callback))
        {
            Locals.Load(il, local);
            if (callback == CallbackMethods.TraceGep)
            {
                il.WriteByte(Opcode.ConvI);
            }

            CallWithSite(il, callback, number, context);
        }
        else
        {
            StoreValue(il, local, width, number, context);
        }
    }

    private static ulong BitsOf(in StackValue constant, int width) => constant.Kind == StackKind.F4 && width == sizeof(double)
        ? BitConverter.DoubleToUInt64Bits(BitConverter.Int32BitsToSingle((int)constant.Constant))
        : Narrow(constant.Constant, width);

    private static ulong Narrow(long value, int width) => width >= sizeof(ulong) ? (ulong)value : (ulong)value & ((1UL << (width * 8)) - 1);

    // The callbacks of one name stand in the order of their widths.
    private static CallbackMethods Sized(CallbackMethods narrowest, int width) =>
        (CallbackMethods)((long)narrowest << System.Numerics.BitOperations.Log2((uint)width));

    private static byte ElementOf(StackKind kind) => kind switch
    {
        StackKind.I8 => Int64,
        StackKind.NativeInt => ElementCode.IntPtr,
        StackKind.F4 => ElementCode.Single,
        StackKind.F8 => ElementCode.Double,
        _ => Int32,
    };

    // An enumeration of an assembly that is not at hand may be of any width, and its own type names it.
    private static int TopOf(in StackSite site, in StackValue operand, SiteContext context) =>
        operand.Kind != StackKind.Unknown ? context.Temporary(ElementOf(operand.Kind), 1)
        : context.TryTemporary(operand, 1, out int variable) ? variable
        : context.Temporary(ElementOf(site.Type.Kind()), 1);

    // 32-bit operands beside wider ones are sign-extended, as the comparison does; conv.i8 leaves 64-bit ones as they are.
    private static void Convert(ByteBuffer il, StackKind kind, int width)
    {
        if (width == sizeof(ulong) && kind is StackKind.I4 or StackKind.NativeInt or StackKind.Unknown)
        {
            il.WriteByte(Opcode.ConvI8);
        }
    }

    private static void LoadConstant(ByteBuffer il, long value, int width)
    {
        if (width == sizeof(ulong))
        {
            il.WriteByte(Opcode.LdcI8);
            il.WriteInt64(value);
        }
        else
        {
            Emitter.Constant(il, (int)value);
        }
    }

    // Pushes a constant operand again, in the form the comparison expects.
    private static void Reload(ByteBuffer il, in StackValue constant)
    {
        switch (constant.Kind)
        {
            case StackKind.I4:
                Emitter.Constant(il, (int)constant.Constant);
                break;
            case StackKind.F4:
                il.WriteByte(Opcode.LdcR4);
                il.WriteInt32((int)constant.Constant);
                break;
            case StackKind.F8:
                il.WriteByte(Opcode.LdcR8);
                il.WriteInt64(constant.Constant);
                break;
            default:
                il.WriteByte(Opcode.LdcI8);
                il.WriteInt64(constant.Constant);
                if (constant.Kind == StackKind.NativeInt)
                {
                    il.WriteByte(Opcode.ConvI);
                }

                break;
        }
    }

    // Keeps the topmost operand where it is, and its bits in a temporary.
    private int StoreTopBits(ByteBuffer il, in StackValue value, int width, SiteContext context, int ordinal = 0)
    {
        il.WriteByte(Opcode.Dup);
        if (value.Kind is StackKind.F4 or StackKind.F8)
        {
            if (value.Kind == StackKind.F4 && width == sizeof(ulong))
            {
                il.WriteByte(Opcode.ConvR8);
            }

            Emitter.Token(il, Opcode.Call, Bits(width == sizeof(ulong) ? StackKind.F8 : StackKind.F4));
        }
        else
        {
            Convert(il, value.Kind, width);
        }

        int local = context.Temporary(width == sizeof(ulong) ? Int64 : Int32, ordinal);
        Locals.Store(il, local);
        return local;
    }

    private static void StoreValue(ByteBuffer il, int value, int width, int site, SiteContext context)
    {
        context.LoadSlot(il, site);
        Locals.Load(il, value);
        il.WriteByte(width == sizeof(ulong) ? Opcode.StindI8 : Opcode.StindI4);
    }

    private void LoadThread(ByteBuffer il, CallbackMethods callback)
    {
        if (callbacks.TakesThread(callback))
        {
            thread!.Load(il);
        }
    }

    private void CallWithSite(ByteBuffer il, CallbackMethods callback, int site, SiteContext context)
    {
        context.LoadSite(il, site);
        Emitter.Token(il, Opcode.Call, callbacks.Token(callback));
    }

    private int Bits(StackKind kind)
    {
        if (!_bits.TryGetValue(kind, out int token))
        {
            (string name, byte[] signature) = kind == StackKind.F4
                ? ("SingleToInt32Bits", (byte[])[0x00, 1, Int32, ElementCode.Single])
                : ("DoubleToInt64Bits", [0x00, 1, Int64, ElementCode.Double]);
            token = holder.FrameworkMethod("System", "BitConverter", name, signature);
            _bits.Add(kind, token);
        }

        return token;
    }

    private int StorePair() => _storePair != 0 ? _storePair
        : _storePair = holder.Callback(RuntimeCallbacks.Class, "StoreCompare", [0x00, 3, 0x01, ElementCode.Pointer, ElementCode.Byte, ElementCode.UInt64, ElementCode.UInt64]);
}
