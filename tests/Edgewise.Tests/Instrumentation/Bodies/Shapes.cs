using System.Reflection;
using System.Reflection.Emit;

namespace Edgewise.Tests.Instrumentation.Bodies;

/// <summary>Methods with the blocks that clang makes at -O0 of the same C function: each block ends with a branch, and there is one return.</summary>
internal static class Shapes
{
    private static readonly Dictionary<string, Action<ILGenerator>> Bodies = new()
    {
        ["diamond"] = Diamond,
        ["if-then"] = IfThen,
        ["straight"] = Straight,
        ["for-loop"] = ForLoop,
        ["do-while"] = DoWhile,
        ["switch"] = Switch,
        ["two returns"] = TwoReturns,
    };

    /// <summary>An image whose one class has one method, <c>static int Shape(int)</c>, of a shape.</summary>
    public static byte[] Image(string shape)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName("Shapes"), typeof(object).Assembly);
        TypeBuilder type = assembly.DefineDynamicModule("Shapes").DefineType("Shapes", TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed);
        MethodBuilder method = type.DefineMethod("Shape", MethodAttributes.Public | MethodAttributes.Static, typeof(int), [typeof(int)]);
        ILGenerator il = method.GetILGenerator();
        il.DeclareLocal(typeof(int));
        Bodies[shape](il);
        type.CreateType();
        using var image = new MemoryStream();
        assembly.Save(image);
        return image.ToArray();
    }

    private static void Set(ILGenerator il, int value)
    {
        il.Emit(OpCodes.Ldc_I4, value);
        il.Emit(OpCodes.Stloc_0);
    }

    private static void Return(ILGenerator il)
    {
        il.Emit(OpCodes.Ldloc_0);
        il.Emit(OpCodes.Ret);
    }

    // if (a) r = 1; else r = 2; return r;
    private static void Diamond(ILGenerator il)
    {
        Label otherwise = il.DefineLabel(), end = il.DefineLabel();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Brfalse, otherwise);
        Set(il, 1);
        il.Emit(OpCodes.Br, end);
        il.MarkLabel(otherwise);
        Set(il, 2);
        il.MarkLabel(end);
        Return(il);
    }

    // if (a) r = 1; return r;
    private static void IfThen(ILGenerator il)
    {
        Label end = il.DefineLabel();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Brfalse, end);
        Set(il, 1);
        il.MarkLabel(end);
        Return(il);
    }

    // r = 1; return r;
    private static void Straight(ILGenerator il)
    {
        Set(il, 1);
        Return(il);
    }

    // for (r = 0; r < a; r++) body; return r;
    private static void ForLoop(ILGenerator il)
    {
        Label condition = il.DefineLabel(), increment = il.DefineLabel(), end = il.DefineLabel();
        Set(il, 0);
        il.Emit(OpCodes.Br, condition);
        il.MarkLabel(condition);
        il.Emit(OpCodes.Ldloc_0);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Bge, end);
        il.Emit(OpCodes.Nop);
        il.Emit(OpCodes.Br, increment);
        il.MarkLabel(increment);
        Increment(il);
        il.Emit(OpCodes.Br, condition);
        il.MarkLabel(end);
        Return(il);
    }

    // do r++; while (r < a); return r;
    private static void DoWhile(ILGenerator il)
    {
        Label body = il.DefineLabel(), condition = il.DefineLabel();
        il.Emit(OpCodes.Br, body);
        il.MarkLabel(body);
        Increment(il);
        il.Emit(OpCodes.Br, condition);
        il.MarkLabel(condition);
        il.Emit(OpCodes.Ldloc_0);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Blt, body);
        Return(il);
    }

    private static void Increment(ILGenerator il)
    {
        il.Emit(OpCodes.Ldloc_0);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Stloc_0);
    }

    // switch (a) { case 0: r = 1; break; case 1: r = 2; break; default: r = 3; } return r;
    private static void Switch(ILGenerator il)
    {
        Label zero = il.DefineLabel(), one = il.DefineLabel(), end = il.DefineLabel();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Switch, [zero, one]);
        Set(il, 3);
        il.Emit(OpCodes.Br, end);
        il.MarkLabel(zero);
        Set(il, 1);
        il.Emit(OpCodes.Br, end);
        il.MarkLabel(one);
        Set(il, 2);
        il.Emit(OpCodes.Br, end);
        il.MarkLabel(end);
        Return(il);
    }

    // if (a) return 1; return 2; with the one return block that clang makes
    private static void TwoReturns(ILGenerator il)
    {
        Label second = il.DefineLabel(), end = il.DefineLabel();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Brfalse, second);
        Set(il, 1);
        il.Emit(OpCodes.Br, end);
        il.MarkLabel(second);
        Set(il, 2);
        il.Emit(OpCodes.Br, end);
        il.MarkLabel(end);
        Return(il);
    }
}
