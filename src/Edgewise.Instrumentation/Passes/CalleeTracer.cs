using Edgewise.Instrumentation.Flow.StackTypes;
using Edgewise.Instrumentation.Il;
using Edgewise.Instrumentation.Image;
using Edgewise.Instrumentation.Sites;

namespace Edgewise.Instrumentation.Passes;

/// <summary>Writes the IL that finds out what an indirect call will run; the Runtime's <c>SanitizerCoverage.IndirectCalls.cs</c> is the other half.</summary>
/// <param name="callbacks">Binds callbacks.</param>
/// <param name="holder">Where references are added.</param>
/// <remarks>
/// Without a class of the user's: <c>if (!IsKnown…(receiver, last)) Trace…(receiver, ldvirtftn method, last, site)</c>. So a site that goes on seeing one type
/// costs a comparison. <c>ldvirtftn</c> makes the runtime look the method up as the call will, whatever overrides, interfaces, variance or
/// generics have to do with it.
/// </remarks>
internal sealed class CalleeTracer(CallbackBinder callbacks, HolderRows holder)
{
    /// <summary>How deep the IL pushes on top of the receiver.</summary>
    public const int Depth = 6;

    private const byte Void = ElementCode.Void;
    private const byte Boolean = ElementCode.Boolean;
    private const byte Int32 = ElementCode.Int32;
    private const byte IntPtr = ElementCode.IntPtr;
    private const byte Object = ElementCode.Object;
    private const byte LdftnSecond = 0x06;
    private const byte LdvirtftnSecond = 0x07;
    private const byte Ldobj = 0x71;
    private const byte Box = 0x8C;

    private static readonly byte[] Last = [ElementCode.Pointer, IntPtr];

    private readonly Dictionary<string, int> _methods = [];

    /// <summary>True if a class of the user's is told of every call.</summary>
    private bool Tells => callbacks.IsNamed(CallbackMethods.TracePcIndir);

    /// <summary>Binds the callback; the Runtime's own must find a host before sites are numbered.</summary>
    public void Bind() => callbacks.Token(CallbackMethods.TracePcIndir);

    /// <summary>The receiver is on top of the stack, and stays there.</summary>
    public void Receiver(ByteBuffer il, int method, int site, SiteContext context)
    {
        if (Tells)
        {
            Find(il, method);
            Tell(il, "TellReceiver", [Object, IntPtr, IntPtr, Int32], site, context);
            return;
        }

        int known = Ask(il, "IsKnownReceiver", Object, site, context);
        Find(il, method);
        Trace(il, "TraceReceiver", [Object, IntPtr, .. Last, Int32], site, context);
        Land(il, known);
    }

    /// <summary>The same where the callee depends on the caller's type arguments, too.</summary>
    public void InContext(ByteBuffer il, int method, int site, SiteContext context)
    {
        if (Tells)
        {
            Receiver(il, method, site, context);
            return;
        }

        int function = context.Temporary(IntPtr, 0);
        il.WriteByte(Opcode.Dup);
        TwoBytes(il, LdvirtftnSecond, method);
        Locals.Store(il, function);
        Locals.Load(il, function);
        context.LoadSlot(il, site);
        Call(il, "IsKnownFunction", [Boolean, IntPtr, .. Last], 2);
        int known = Branch(il);
        il.WriteByte(Opcode.Dup);
        Locals.Load(il, function);
        Trace(il, "TraceFunction", [Object, IntPtr, .. Last, Int32], site, context);
        Land(il, known);
    }

    /// <summary>The same for a delegate; <paramref name="perhaps"/>: where only the receiver tells whether it is one.</summary>
    public void Target(ByteBuffer il, int method, bool perhaps, int site, SiteContext context)
    {
        if (Tells)
        {
            Hand(il, method, perhaps);
            Tell(il, "TellTarget", perhaps ? [Object, IntPtr, IntPtr, Int32] : [Object, IntPtr, Int32], site, context);
            return;
        }

        int known = Ask(il, "IsKnownTarget", Object, site, context);
        Hand(il, method, perhaps);
        Trace(il, "TraceTarget", perhaps ? [Object, IntPtr, .. Last, Int32] : [Object, .. Last, Int32], site, context);
        Land(il, known);
    }

    /// <summary>A managed pointer to a value of a type parameter is on top of the stack, and stays there.</summary>
    public void Constrained(ByteBuffer il, int type, ReadOnlySpan<byte> signature, int method, int site, SiteContext context)
    {
        byte[] place = [ElementCode.ByReference, ElementCode.MethodVariable, 0];
        il.WriteByte(Opcode.Dup);
        context.LoadSlot(il, site);
        if (Tells)
        {
            LoadCallback(il);
            context.LoadSite(il, site);
            int told = Instance("IsTold", [Boolean, .. place, .. Last, IntPtr, Int32], 4, signature);
            Emitter.Token(il, Opcode.Call, told);
        }
        else
        {
            Emitter.Token(il, Opcode.Call, Instance("IsKnownReceiver", [Boolean, .. place, .. Last], 2, signature));
        }

        int known = Branch(il);
        il.WriteByte(Opcode.Dup);
        Emitter.Token(il, Ldobj, type);
        Emitter.Token(il, Box, type);
        il.WriteByte(Opcode.Dup);
        TwoBytes(il, LdvirtftnSecond, method);
        if (Tells)
        {
            context.LoadSlot(il, site);
            Tell(il, "TellReceiver", [Object, IntPtr, .. Last, IntPtr, Int32], site, context);
        }
        else
        {
            Trace(il, "TraceReceiver", [Object, IntPtr, .. Last, Int32], site, context);
        }

        Land(il, known);
    }

    /// <summary>A call by <c>constrained.</c> where the type may turn out to be a <see cref="Nullable{T}"/>, which is no box of itself.</summary>
    /// <param name="il">The piece.</param>
    /// <param name="signature">The type parameter.</param>
    /// <param name="method">Number of the method of <see cref="object"/> that is called.</param>
    /// <param name="site">Number of the site.</param>
    /// <param name="context">What to insert with.</param>
    public void OfNullable(ByteBuffer il, ReadOnlySpan<byte> signature, int method, int site, SiteContext context)
    {
        Emitter.Constant(il, method);
        if (Tells)
        {
            LoadCallback(il);
            context.LoadSite(il, site);
            Emitter.Token(il, Opcode.Call, Instance("TellNullable", [Void, Int32, IntPtr, Int32], 3, signature));
        }
        else
        {
            context.LoadSlot(il, site);
            context.LoadSite(il, site);
            Emitter.Token(il, Opcode.Call, Instance("TraceNullable", [Void, Int32, .. Last, Int32], 3, signature));
        }
    }

    /// <summary>A function pointer is on top of the stack, and stays there.</summary>
    public void Pointer(ByteBuffer il, int site, SiteContext context)
    {
        if (Tells)
        {
            il.WriteByte(Opcode.Dup);
            Tell(il, "TellPointer", [IntPtr, IntPtr, Int32], site, context);
            return;
        }

        int known = Ask(il, "IsKnownFunction", IntPtr, site, context);
        il.WriteByte(Opcode.Dup);
        Trace(il, "TracePointer", [IntPtr, .. Last, Int32], site, context);
        Land(il, known);
    }

    /// <summary>Writes <c>ldftn</c>, and says whose address it gave.</summary>
    public void Function(ByteBuffer il, int method, int operand, int type)
    {
        TwoBytes(il, LdftnSecond, method);
        il.WriteByte(Opcode.Dup);
        Call(il, "IsNoted", [Boolean, IntPtr], 1);
        int known = Branch(il);
        il.WriteByte(Opcode.Dup);
        Emitter.Token(il, Opcode.Ldtoken, operand);
        Emitter.Token(il, Opcode.Ldtoken, type);
        if (!_methods.TryGetValue("NoteFunction", out int note))
        {
            note = holder.Callback(RuntimeCallbacks.Class, "NoteFunction",
                [0x00, 3, Void, IntPtr, .. holder.FrameworkStructure("RuntimeMethodHandle"), .. holder.FrameworkStructure("RuntimeTypeHandle")]);
            _methods.Add("NoteFunction", note);
        }

        Emitter.Token(il, Opcode.Call, note);
        Land(il, known);
    }

    private static void TwoBytes(ByteBuffer il, byte second, int token)
    {
        il.WriteByte(OpcodeTable.TwoBytePrefix);
        Emitter.Token(il, second, token);
    }

    private static int Branch(ByteBuffer il)
    {
        il.WriteByte(Opcode.BrTrueShort);
        il.WriteByte(0);
        return il.Position;
    }

    private static void Land(ByteBuffer il, int branch) => il.PatchByte(branch - 1, checked((byte)(sbyte)(il.Position - branch)));

    // receiver, receiver -> function
    private static void Find(ByteBuffer il, int method)
    {
        il.WriteByte(Opcode.Dup);
        il.WriteByte(Opcode.Dup);
        TwoBytes(il, LdvirtftnSecond, method);
    }

    private static void Hand(ByteBuffer il, int method, bool perhaps)
    {
        if (perhaps)
        {
            Find(il, method);
        }
        else
        {
            il.WriteByte(Opcode.Dup);
        }
    }

    private int Ask(ByteBuffer il, string name, byte type, int site, SiteContext context)
    {
        il.WriteByte(Opcode.Dup);
        context.LoadSlot(il, site);
        Call(il, name, [Boolean, type, .. Last], 2);
        return Branch(il);
    }

    private void Trace(ByteBuffer il, string name, byte[] parameters, int site, SiteContext context)
    {
        context.LoadSlot(il, site);
        context.LoadSite(il, site);
        Call(il, name, [Void, .. parameters], Count(parameters));
    }

    private void Tell(ByteBuffer il, string name, byte[] parameters, int site, SiteContext context)
    {
        LoadCallback(il);
        context.LoadSite(il, site);
        Call(il, name, [Void, .. parameters], Count(parameters));
    }

    private void LoadCallback(ByteBuffer il) => TwoBytes(il, LdftnSecond, callbacks.Token(CallbackMethods.TracePcIndir));

    private static int Count(byte[] parameters) => parameters.Length - parameters.Count(code => code == ElementCode.Pointer);

    private void Call(ByteBuffer il, string name, byte[] signature, int count) => Emitter.Token(il, Opcode.Call, Method(name, [0x00, (byte)count, .. signature]));

    private int Instance(string name, byte[] signature, int count, ReadOnlySpan<byte> type)
    {
        string key = name + "<" + Convert.ToHexString(type);
        if (!_methods.TryGetValue(key, out int token))
        {
            token = holder.Instantiate(Method(name, [0x10, 1, (byte)count, .. signature]), type);
            _methods.Add(key, token);
        }

        return token;
    }

    private int Method(string name, byte[] signature)
    {
        string key = name + Convert.ToHexString(signature);
        if (!_methods.TryGetValue(key, out int token))
        {
            token = holder.Callback(RuntimeCallbacks.Class, name, signature);
            _methods.Add(key, token);
        }

        return token;
    }
}
