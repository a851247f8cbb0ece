namespace Edgewise.Instrumentation.Flow.StackTypes;

/// <summary>Every opcode's <see cref="StackEffect"/>, fixed result and <see cref="SiteKinds"/>; ECMA-335 III.</summary>
/// <remarks>
/// One-byte opcodes are indexed by themselves, two-byte ones by 0x100 and their second byte. A test holds the tables against
/// <see cref="System.Reflection.Emit.OpCodes"/>.
/// </remarks>
internal static class StackEffects
{
    /// <summary>Index of a two-byte opcode, to which its second byte is added.</summary>
    public const int TwoByte = 0x100;

    private const int Count = TwoByte + 0x20;

    /// <summary>What an instruction does to the stack.</summary>
    public static readonly StackEffect[] Effects = new StackEffect[Count];

    /// <summary><see cref="ElementCode"/> of a fixed result.</summary>
    public static readonly byte[] Results = new byte[Count];

    /// <summary>What is asked for by an instruction, if anything is.</summary>
    public static readonly SiteKinds[] Sites = new SiteKinds[Count];

    static StackEffects()
    {
        LoadsAndStores();
        Constants();
        Branches();
        Indirect();
        Computations();
        Objects();
        Elements();
        TwoByteOpcodes();
        MarkSites();
    }

    /// <summary>Values that an instruction of a kind takes; calls aside.</summary>
    public static int Operands(SiteKinds kind, bool storesElement) => kind switch
    {
        SiteKinds.StaticFieldLoads or SiteKinds.FunctionPointers => 0,
        SiteKinds.Tests or SiteKinds.Switches or SiteKinds.IndirectLoads or SiteKinds.FieldLoads or SiteKinds.StaticFieldStores => 1,
        SiteKinds.Elements when storesElement => 3,
        _ => 2,
    };

    private static void Set(int first, int last, StackEffect effect, byte result = 0)
    {
        for (int opcode = first; opcode <= last; opcode++)
        {
            Effects[opcode] = effect;
            Results[opcode] = result;
        }
    }

    private static void Set(int opcode, StackEffect effect, byte result = 0) => Set(opcode, opcode, effect, result);

    private static void SetResults(int first, StackEffect effect, params ReadOnlySpan<byte> results)
    {
        foreach (byte result in results)
        {
            Set(first++, effect, result);
        }
    }

    private static void LoadsAndStores()
    {
        Set(0x02, 0x05, StackEffect.Argument);
        Set(0x06, 0x09, StackEffect.Local);
        Set(0x0A, 0x0D, StackEffect.Drop); // stloc.0 … stloc.3
        Set(0x0E, StackEffect.Argument);
        Set(0x0F, StackEffect.ArgumentAddress);
        Set(0x10, StackEffect.Drop); // starg.s
        Set(0x11, StackEffect.Local);
        Set(0x12, StackEffect.LocalAddress);
        Set(0x13, StackEffect.Drop); // stloc.s
        Set(0x25, StackEffect.Duplicate);
        Set(0x26, StackEffect.Drop); // pop
    }

    private static void Constants()
    {
        Set(0x14, StackEffect.Push, ElementCode.Object); // ldnull
        Set(0x15, 0x20, StackEffect.Constant, ElementCode.Int32);
        SetResults(0x21, StackEffect.Constant, ElementCode.Int64, ElementCode.Single, ElementCode.Double);
        Set(0x72, StackEffect.Push, ElementCode.String);
    }

    private static void Branches()
    {
        Set(0x27, StackEffect.Clear); // jmp
        Set(0x28, StackEffect.Call);
        Set(0x29, StackEffect.CallIndirect);
        Set(0x2A, StackEffect.Clear); // ret
        Set(0x2C, 0x2D, StackEffect.Drop); // brfalse.s, brtrue.s
        Set(0x2E, 0x37, StackEffect.DropTwo);
        Set(0x39, 0x3A, StackEffect.Drop); // brfalse, brtrue
        Set(0x3B, 0x44, StackEffect.DropTwo);
        Set(0x45, StackEffect.Drop); // switch
        Set(0x6F, StackEffect.Call); // callvirt
        Set(0x7A, StackEffect.Clear); // throw
        Set(0xDC, 0xDE, StackEffect.Clear); // endfinally, leave, leave.s
    }

    private static void Indirect()
    {
        SetResults(
            0x46, StackEffect.LoadIndirect, ElementCode.SByte, ElementCode.Byte, ElementCode.Int16, ElementCode.UInt16, ElementCode.Int32,
            ElementCode.UInt32, ElementCode.Int64, ElementCode.IntPtr, ElementCode.Single, ElementCode.Double, ElementCode.Object);
        Set(0x51, 0x57, StackEffect.DropTwo); // stind.ref, stind.i1 … stind.r8
        Set(0x70, StackEffect.DropTwo); // cpobj
        Set(0x71, StackEffect.ReplaceByType); // ldobj
        Set(0x81, StackEffect.DropTwo); // stobj
        Set(0xDF, StackEffect.DropTwo); // stind.i
    }

    private static void Computations()
    {
        Set(0x58, 0x5E, StackEffect.Arithmetic); // add … rem.un
        Set(0x5F, 0x61, StackEffect.Bitwise);
        Set(0x62, 0x64, StackEffect.Shift);
        Set(0x65, 0x66, StackEffect.Unary);
        SetResults(
            0x67, StackEffect.Convert, ElementCode.SByte, ElementCode.Int16, ElementCode.Int32, ElementCode.Int64, ElementCode.Single,
            ElementCode.Double, ElementCode.UInt32, ElementCode.UInt64);
        Set(0x76, StackEffect.Convert, ElementCode.Double); // conv.r.un
        SetResults(
            0x82, StackEffect.Convert, ElementCode.SByte, ElementCode.Int16, ElementCode.Int32, ElementCode.Int64, ElementCode.Byte,
            ElementCode.UInt16, ElementCode.UInt32, ElementCode.UInt64, ElementCode.IntPtr, ElementCode.UIntPtr);
        SetResults(
            0xB3, StackEffect.Convert, ElementCode.SByte, ElementCode.Byte, ElementCode.Int16, ElementCode.UInt16, ElementCode.Int32,
            ElementCode.UInt32, ElementCode.Int64, ElementCode.UInt64);
        Set(0xC3, StackEffect.Unary); // ckfinite
        SetResults(
            0xD1, StackEffect.Convert, ElementCode.UInt16, ElementCode.Byte, ElementCode.IntPtr, ElementCode.IntPtr, ElementCode.UIntPtr);
        Set(0xD6, 0xDB, StackEffect.Arithmetic); // with overflow check
        Set(0xE0, StackEffect.Convert, ElementCode.UIntPtr);
    }

    private static void Objects()
    {
        Set(0x73, StackEffect.NewObject);
        Set(0x74, 0x75, StackEffect.Cast);
        Set(0x79, StackEffect.ReplaceByAddress); // unbox
        Set(0x7B, StackEffect.Field);
        Set(0x7C, StackEffect.FieldAddress);
        Set(0x7D, StackEffect.DropTwo); // stfld
        Set(0x7E, StackEffect.StaticField);
        Set(0x7F, StackEffect.StaticFieldAddress);
        Set(0x80, StackEffect.Drop); // stsfld
        Set(0x8C, StackEffect.Replace, ElementCode.Object); // box
        Set(0xA5, StackEffect.ReplaceByType); // unbox.any
        Set(0xC2, StackEffect.ReplaceByAddress); // refanyval
        Set(0xC6, StackEffect.Replace, ElementCode.TypedReference); // mkrefany
        Set(0xD0, StackEffect.Push, ElementCode.ValueType); // ldtoken
    }

    private static void Elements()
    {
        Set(0x8D, StackEffect.NewVector);
        Set(0x8E, StackEffect.Replace, ElementCode.UIntPtr); // ldlen
        Set(0x8F, StackEffect.ReplaceTwoByAddress); // ldelema
        SetResults(
            0x90, StackEffect.LoadElement, ElementCode.SByte, ElementCode.Byte, ElementCode.Int16, ElementCode.UInt16, ElementCode.Int32,
            ElementCode.UInt32, ElementCode.Int64, ElementCode.IntPtr, ElementCode.Single, ElementCode.Double, ElementCode.Object);
        Set(0x9B, 0xA2, StackEffect.DropThree); // stelem.i … stelem.ref
        Set(0xA3, StackEffect.ReplaceTwoByType); // ldelem
        Set(0xA4, StackEffect.DropThree); // stelem
    }

    private static void TwoByteOpcodes()
    {
        Set(TwoByte + 0x00, StackEffect.Push, ElementCode.ValueType); // arglist
        Set(TwoByte + 0x01, TwoByte + 0x05, StackEffect.ReplaceTwo, ElementCode.Boolean); // ceq … clt.un
        Set(TwoByte + 0x06, StackEffect.Push, ElementCode.UIntPtr); // ldftn
        Set(TwoByte + 0x07, StackEffect.Replace, ElementCode.UIntPtr); // ldvirtftn
        Set(TwoByte + 0x09, StackEffect.Argument);
        Set(TwoByte + 0x0A, StackEffect.ArgumentAddress);
        Set(TwoByte + 0x0B, StackEffect.Drop); // starg
        Set(TwoByte + 0x0C, StackEffect.Local);
        Set(TwoByte + 0x0D, StackEffect.LocalAddress);
        Set(TwoByte + 0x0E, StackEffect.Drop); // stloc
        Set(TwoByte + 0x0F, StackEffect.Replace, ElementCode.UIntPtr); // localloc
        Set(TwoByte + 0x11, StackEffect.Clear); // endfilter
        Set(TwoByte + 0x15, StackEffect.Drop); // initobj
        Set(TwoByte + 0x17, TwoByte + 0x18, StackEffect.DropThree); // cpblk, initblk
        Set(TwoByte + 0x1A, StackEffect.Clear); // rethrow
        Set(TwoByte + 0x1C, StackEffect.Push, ElementCode.UInt32); // sizeof
        Set(TwoByte + 0x1D, StackEffect.Replace, ElementCode.ValueType); // refanytype
    }

    private static void MarkSites()
    {
        Mark(0x2E, 0x37, SiteKinds.Comparisons);
        Mark(0x3B, 0x44, SiteKinds.Comparisons);
        Mark(TwoByte + 0x01, TwoByte + 0x05, SiteKinds.Comparisons);
        Mark(0x2C, 0x2D, SiteKinds.Tests);
        Mark(0x39, 0x3A, SiteKinds.Tests);
        Mark(0x45, 0x45, SiteKinds.Switches);
        Mark(0x5B, 0x5E, SiteKinds.Divisions);
        Mark(0x8F, 0xA4, SiteKinds.Elements);
        Mark(0x46, 0x50, SiteKinds.IndirectLoads);
        Mark(0x71, 0x71, SiteKinds.IndirectLoads);
        Mark(0x51, 0x57, SiteKinds.IndirectStores);
        Mark(0x81, 0x81, SiteKinds.IndirectStores);
        Mark(0xDF, 0xDF, SiteKinds.IndirectStores);
        Mark(0x7B, 0x7B, SiteKinds.FieldLoads);
        Mark(0x7D, 0x7D, SiteKinds.FieldStores);
        Mark(0x7E, 0x7E, SiteKinds.StaticFieldLoads);
        Mark(0x80, 0x80, SiteKinds.StaticFieldStores);
        Mark(0x28, 0x29, SiteKinds.Calls);
        Mark(0x6F, 0x6F, SiteKinds.Calls);
        Mark(0x73, 0x73, SiteKinds.Calls);
        Mark(TwoByte + 0x06, TwoByte + 0x06, SiteKinds.FunctionPointers);

        static void Mark(int first, int last, SiteKinds kind) => Array.Fill(Sites, kind, first, last - first + 1);
    }
}
