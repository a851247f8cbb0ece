using System.Reflection;
using System.Reflection.Emit;

namespace Edgewise.Tests.Instrumentation.TraceCmp;

/// <summary>Comparisons where compilers do not put them, each with the callbacks that it makes; a method is <c>static int NAME(int, byte, nint)</c> of the class <c>Odd</c>.</summary>
internal static class OddBodies
{
    /// <summary>Name, what writes the body, arguments, calls of callbacks.</summary>
    public static IReadOnlyList<(string Name, Action<ILGenerator> Write, (int A, byte B, nint C) Arguments, string Expected)> All { get; } =
    [
        ("BothConstant", il => { il.Emit(OpCodes.Ldc_I4_3); il.Emit(OpCodes.Ldc_I4_4); il.Emit(OpCodes.Clt); }, (1, 2, 3), ""),
        ("BothConstantConverted", il => { il.Emit(OpCodes.Ldc_I4_3); il.Emit(OpCodes.Conv_I8); il.Emit(OpCodes.Ldc_I8, 3L); il.Emit(OpCodes.Ceq); }, (1, 2, 3), ""),
        ("ConvertedToLong", il => { Compare(il, OpCodes.Conv_I8, OpCodes.Ldc_I4_M1, OpCodes.Conv_U8); }, (5, 0, 0), "ConstCmp8(ffffffff, 5)"),
        ("ConvertedToByte", il => { il.Emit(OpCodes.Ldarg_1); il.Emit(OpCodes.Ldc_I4, 0x1FF); il.Emit(OpCodes.Conv_U1); il.Emit(OpCodes.Ceq); }, (0, 255, 0), "ConstCmp1(ff, ff)"),
        ("NativeBesideInt", il => { il.Emit(OpCodes.Ldarg_2); il.Emit(OpCodes.Ldarg_0); il.Emit(OpCodes.Ceq); }, (-5, 0, -5), "Cmp8(fffffffffffffffb, fffffffffffffffb)"),
        ("IntBesideNative", il => { il.Emit(OpCodes.Ldarg_0); il.Emit(OpCodes.Ldarg_2); il.Emit(OpCodes.Clt); }, (-5, 0, 4), "Cmp8(fffffffffffffffb, 4)"),
        ("NativeBesideConstantInt", il => { il.Emit(OpCodes.Ldarg_2); il.Emit(OpCodes.Ldc_I4_M1); il.Emit(OpCodes.Ceq); }, (0, 0, -1), "ConstCmp8(ffffffffffffffff, ffffffffffffffff)"),
        ("DeepStack", DeepStack, (5, 9, 0), "Cmp4(5, 9)"),
        ("OperandsFromTwoPaths", OperandsFromTwoPaths, (1, 9, 0), "ConstCmp4(0, 1); Cmp1(9, 9)"),
        ("OperandsFromTheOtherPath", OperandsFromTwoPaths, (0, 9, 0), "ConstCmp4(0, 0); Cmp1(5, 4)"),
        ("SameConstantFromTwoPaths", SameConstantFromTwoPaths, (1, 9, 0), "ConstCmp4(0, 1); ConstCmp1(7, 9)"),
        ("BranchTarget", BranchTarget, (3, 0, 0), "Cmp4(3, 3)"),
        ("BranchToNext", BranchToNext, (3, 4, 0), "Cmp4(3, 4)"),
        ("BehindVolatile", BehindVolatile, (3, 0, 0), "ConstCmp4(7, 3)"),
        ("BeforeVolatile", BeforeVolatile, (3, 0, 0), "ConstCmp4(7, 3)"),
        ("TwiceTheSameValue", il => { il.Emit(OpCodes.Ldarg_0); il.Emit(OpCodes.Dup); il.Emit(OpCodes.Ceq); }, (-3, 0, 0), "Cmp4(fffffffd, fffffffd)"),
        ("ComparedTruth", il => { Compare(il, OpCodes.Nop, OpCodes.Ldc_I4_3, OpCodes.Nop); il.Emit(OpCodes.Ldc_I4_0); il.Emit(OpCodes.Ceq); }, (3, 0, 0), "ConstCmp4(3, 3)"),
        ("SwitchOfConstant", il => { il.Emit(OpCodes.Ldc_I4_1); Switch(il); }, (0, 0, 0), ""),
        ("SwitchBaseAtJumpTarget", SwitchBaseAtJumpTarget, (12, 0, 0), "Switch(2, 32: 0 1)"),
        ("SwitchOfSum", il => { il.Emit(OpCodes.Ldarg_0); il.Emit(OpCodes.Ldc_I4_2); il.Emit(OpCodes.Add); Switch(il); }, (-2, 0, 0), "Switch(0, 32: 0 1)"),
        ("SwitchOfDifference", il => { il.Emit(OpCodes.Ldarg_0); il.Emit(OpCodes.Ldarg_1); il.Emit(OpCodes.Sub); Switch(il); }, (6, 5, 0), "Switch(1, 32: 0 1)"),
        ("SwitchWithoutArms", il => { il.Emit(OpCodes.Ldarg_0); il.Emit(OpCodes.Switch, 0); il.Emit(OpCodes.Ldc_I4_7); }, (6, 5, 0), "Switch(6, 32: )"),
        ("SwitchAcrossZero", il => { il.Emit(OpCodes.Ldarg_0); il.Emit(OpCodes.Ldc_I4_M1); il.Emit(OpCodes.Sub); Switch(il); }, (-1, 5, 0), "Switch(ffffffff, 32: 0 ffffffff)"),
        ("BehindPop", il => { il.Emit(OpCodes.Ldarg_0); il.Emit(OpCodes.Ldarg_1); il.Emit(OpCodes.Ldstr, ""); il.Emit(OpCodes.Pop); il.Emit(OpCodes.Cgt_Un); }, (-1, 1, 0), "Cmp4(ffffffff, 1)"),
        ("Fault", Fault, (4, 5, 0), "Cmp4(4, 5); ConstCmp1(5, 5)"),
    ];

    /// <summary>An image with the class <c>Odd</c>.</summary>
    public static byte[] Image()
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName("TraceCmpOdd"), typeof(object).Assembly);
        TypeBuilder odd = assembly.DefineDynamicModule("TraceCmpOdd").DefineType("Odd", TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed);
        foreach ((string name, Action<ILGenerator> write, _, _) in All)
        {
            ILGenerator il = odd.DefineMethod(name, MethodAttributes.Public | MethodAttributes.Static, typeof(int), [typeof(int), typeof(byte), typeof(nint)]).GetILGenerator();
            write(il);
            il.Emit(OpCodes.Ret);
        }

        odd.CreateType();
        using var image = new MemoryStream();
        assembly.Save(image);
        return image.ToArray();
    }

    private static void Compare(ILGenerator il, OpCode convertArgument, OpCode constant, OpCode convertConstant)
    {
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(convertArgument);
        il.Emit(constant);
        il.Emit(convertConstant);
        il.Emit(OpCodes.Ceq);
    }

    private static void Switch(ILGenerator il)
    {
        Label first = il.DefineLabel(), second = il.DefineLabel(), end = il.DefineLabel();
        il.Emit(OpCodes.Switch, [first, second]);
        il.Emit(OpCodes.Ldc_I4_7);
        il.Emit(OpCodes.Br, end);
        il.MarkLabel(first);
        il.Emit(OpCodes.Ldc_I4_8);
        il.Emit(OpCodes.Br, end);
        il.MarkLabel(second);
        il.Emit(OpCodes.Ldc_I4, 9);
        il.MarkLabel(end);
    }

    // An object, a double and a reference wait below the operands.
    private static void DeepStack(ILGenerator il)
    {
        Label end = il.DefineLabel();
        il.Emit(OpCodes.Ldstr, "below");
        il.Emit(OpCodes.Ldc_R8, 2.5);
        il.Emit(OpCodes.Ldarga_S, (byte)0);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Bge, end);
        il.Emit(OpCodes.Nop);
        il.MarkLabel(end);
        il.Emit(OpCodes.Ldind_I4);
        il.Emit(OpCodes.Conv_R8);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Conv_I4);
        il.Emit(OpCodes.Stloc, il.DeclareLocal(typeof(int)));
        il.Emit(OpCodes.Callvirt, typeof(string).GetProperty(nameof(string.Length))!.GetMethod!);
        il.Emit(OpCodes.Ldloc_0);
        il.Emit(OpCodes.Add);
    }

    private static void OperandsFromTwoPaths(ILGenerator il)
    {
        Label other = il.DefineLabel(), compare = il.DefineLabel();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Brfalse, other);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Br, compare);
        il.MarkLabel(other);
        il.Emit(OpCodes.Ldc_I4_5);
        il.Emit(OpCodes.Ldc_I4_4);
        il.MarkLabel(compare);
        il.Emit(OpCodes.Ceq);
    }

    private static void SameConstantFromTwoPaths(ILGenerator il)
    {
        Label other = il.DefineLabel(), compare = il.DefineLabel();
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Brfalse, other);
        il.Emit(OpCodes.Ldc_I4_7);
        il.Emit(OpCodes.Br, compare);
        il.MarkLabel(other);
        il.Emit(OpCodes.Ldc_I4_S, (sbyte)7);
        il.MarkLabel(compare);
        il.Emit(OpCodes.Ceq);
    }

    private static void BranchTarget(ILGenerator il)
    {
        Label compare = il.DefineLabel();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Dup);
        il.Emit(OpCodes.Br_S, compare);
        il.MarkLabel(compare);
        il.Emit(OpCodes.Ceq);
    }

    // Both ways lead to one place, where the probe of an edge could be as well.
    private static void BranchToNext(ILGenerator il)
    {
        Label next = il.DefineLabel();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Bgt_Un_S, next);
        il.MarkLabel(next);
        il.Emit(OpCodes.Ldarg_0);
    }

    private static void BehindVolatile(ILGenerator il)
    {
        il.Emit(OpCodes.Ldarga_S, (byte)0);
        il.Emit(OpCodes.Volatile);
        il.Emit(OpCodes.Ldind_I4);
        il.Emit(OpCodes.Ldc_I4_7);
        il.Emit(OpCodes.Cgt);
    }

    private static void BeforeVolatile(ILGenerator il)
    {
        il.Emit(OpCodes.Ldarga_S, (byte)0);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4_7);
        il.Emit(OpCodes.Clt);
        il.Emit(OpCodes.Volatile);
        il.Emit(OpCodes.Unaligned, (byte)1);
        il.Emit(OpCodes.Stind_I4);
        il.Emit(OpCodes.Ldarg_0);
    }

    // The subtraction is where another path arrives, whose constant may be another one.
    private static void SwitchBaseAtJumpTarget(ILGenerator il)
    {
        Label subtract = il.DefineLabel(), other = il.DefineLabel();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Brtrue, other);
        il.Emit(OpCodes.Ldc_I4_5);
        il.Emit(OpCodes.Br, subtract);
        il.MarkLabel(other);
        il.Emit(OpCodes.Ldc_I4_S, (sbyte)10);
        il.MarkLabel(subtract);
        il.Emit(OpCodes.Sub);
        Switch(il);
    }

    private static void Fault(ILGenerator il)
    {
        LocalBuilder result = il.DeclareLocal(typeof(int));
        il.BeginExceptionBlock();
        il.BeginExceptionBlock();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Clt);
        il.Emit(OpCodes.Stloc, result);
        il.Emit(OpCodes.Ldnull);
        il.Emit(OpCodes.Throw);
        il.BeginFaultBlock();
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldc_I4_5);
        il.Emit(OpCodes.Ceq);
        il.Emit(OpCodes.Ldloc, result);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Stloc, result);
        il.EndExceptionBlock();
        il.BeginCatchBlock(typeof(NullReferenceException));
        il.Emit(OpCodes.Pop);
        il.EndExceptionBlock();
        il.Emit(OpCodes.Ldloc, result);
    }
}
