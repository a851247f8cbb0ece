using System.Reflection.Emit;

namespace Edgewise.Tests.Instrumentation.Bodies;

/// <content>Bodies with exception regions.</content>
internal static partial class HandAssembled
{
    // try { try { if (n > 2) throw; if (n == 1) 1 / 0; } fault { Marks += 1000; } } catch { return Marks; } return n;
    private static void Fault(Context context)
    {
        ILGenerator il = context.Il;
        Label low = il.DefineLabel(), fine = il.DefineLabel(), end = il.DefineLabel();
        LocalBuilder result = il.DeclareLocal(Int);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Stsfld, context.Marks);
        il.BeginExceptionBlock();
        il.BeginExceptionBlock();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4_2);
        il.Emit(OpCodes.Ble, low);
        Throw(il, typeof(InvalidOperationException));
        il.MarkLabel(low);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Bne_Un, fine);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Div);
        il.Emit(OpCodes.Stsfld, context.Marks);
        il.MarkLabel(fine);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Stloc, result);
        il.BeginFaultBlock();
        AddMark(context, 1000);
        il.EndExceptionBlock();
        il.BeginCatchBlock(typeof(Exception));
        il.Emit(OpCodes.Pop);
        AddMark(context, 7);
        il.Emit(OpCodes.Ldsfld, context.Marks);
        il.Emit(OpCodes.Stloc, result);
        il.Emit(OpCodes.Leave, end);
        il.EndExceptionBlock();
        il.MarkLabel(end);
        il.Emit(OpCodes.Ldloc, result);
        il.Emit(OpCodes.Ret);
    }

    // A filter with a diamond and a critical edge in it.
    private static void BranchingFilter(Context context)
    {
        ILGenerator il = context.Il;
        Label odd = il.DefineLabel(), decided = il.DefineLabel(), end = il.DefineLabel();
        LocalBuilder result = il.DeclareLocal(Int);
        LocalBuilder answer = il.DeclareLocal(Int);
        il.BeginExceptionBlock();
        il.BeginExceptionBlock();
        Throw(il, typeof(FormatException));
        il.BeginExceptFilterBlock();
        il.Emit(OpCodes.Pop);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Stloc, answer);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Blt, decided);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.And);
        il.Emit(OpCodes.Brtrue, odd);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Stloc, answer);
        il.Emit(OpCodes.Br, decided);
        il.MarkLabel(odd);
        AddMark(context, 3);
        il.MarkLabel(decided);
        il.Emit(OpCodes.Ldloc, answer);
        il.BeginCatchBlock(null!);
        il.Emit(OpCodes.Pop);
        il.Emit(OpCodes.Ldc_I4, 50);
        il.Emit(OpCodes.Stloc, result);
        il.Emit(OpCodes.Leave, end);
        il.EndExceptionBlock();
        il.BeginCatchBlock(typeof(FormatException));
        il.Emit(OpCodes.Pop);
        il.Emit(OpCodes.Ldc_I4, 60);
        il.Emit(OpCodes.Stloc, result);
        il.Emit(OpCodes.Leave, end);
        il.EndExceptionBlock();
        il.MarkLabel(end);
        il.Emit(OpCodes.Ldloc, result);
        il.Emit(OpCodes.Ret);
    }

    private static void LeavesTwoFinallyBlocks(Context context)
    {
        ILGenerator il = context.Il;
        Label end = il.DefineLabel(), stay = il.DefineLabel();
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Stsfld, context.Marks);
        il.BeginExceptionBlock();
        il.BeginExceptionBlock();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4_3);
        il.Emit(OpCodes.Bgt, stay);
        il.Emit(OpCodes.Leave, end);
        il.MarkLabel(stay);
        AddMark(context, 5);
        il.BeginFinallyBlock();
        AddMark(context, 10);
        il.EndExceptionBlock();
        AddMark(context, 100);
        il.BeginFinallyBlock();
        AddMark(context, 1000);
        il.EndExceptionBlock();
        il.MarkLabel(end);
        il.Emit(OpCodes.Ldsfld, context.Marks);
        il.Emit(OpCodes.Ret);
    }

    // Both edges into the protected region are critical: their stubs stand outside of it.
    private static void BranchToTryStart(Context context)
    {
        ILGenerator il = context.Il;
        Label start = il.DefineLabel(), outside = il.DefineLabel(), end = il.DefineLabel();
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Stsfld, context.Marks);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4_2);
        il.Emit(OpCodes.Bgt, start);
        AddMark(context, 1);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Brtrue, start);
        AddMark(context, 2);
        il.MarkLabel(start);
        il.BeginExceptionBlock();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Dup);
        il.Emit(OpCodes.Starg_S, (byte)0);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Ble, outside);
        AddMark(context, 10);
        il.Emit(OpCodes.Leave, start);
        il.MarkLabel(outside);
        il.BeginFinallyBlock();
        AddMark(context, 100);
        il.EndExceptionBlock();
        il.MarkLabel(end);
        il.Emit(OpCodes.Ldsfld, context.Marks);
        il.Emit(OpCodes.Ret);
    }

    // while (n-- > 0) try { throw; } catch { Marks++; leave to the loop's head, which lies before }
    private static void BackwardLeave(Context context)
    {
        ILGenerator il = context.Il;
        Label head = il.DefineLabel(), end = il.DefineLabel();
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Stsfld, context.Marks);
        il.MarkLabel(head);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Ble, end);
        il.BeginExceptionBlock();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Starg_S, (byte)0);
        Throw(il, typeof(InvalidOperationException));
        il.BeginCatchBlock(typeof(InvalidOperationException));
        il.Emit(OpCodes.Pop);
        AddMark(context, 1);
        il.Emit(OpCodes.Leave, head);
        il.EndExceptionBlock();
        il.MarkLabel(end);
        il.Emit(OpCodes.Ldsfld, context.Marks);
        il.Emit(OpCodes.Ret);
    }

    private static void Rethrow(Context context)
    {
        ILGenerator il = context.Il;
        Label again = il.DefineLabel(), end = il.DefineLabel();
        LocalBuilder result = il.DeclareLocal(Int);
        il.BeginExceptionBlock();
        il.BeginExceptionBlock();
        il.Emit(OpCodes.Ldc_I4_8);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Div);
        il.Emit(OpCodes.Stloc, result);
        il.BeginCatchBlock(typeof(DivideByZeroException));
        il.Emit(OpCodes.Pop);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Brfalse, again);
        il.Emit(OpCodes.Leave, end);
        il.MarkLabel(again);
        il.Emit(OpCodes.Rethrow);
        il.EndExceptionBlock();
        il.BeginCatchBlock(typeof(ArithmeticException));
        il.Emit(OpCodes.Pop);
        il.Emit(OpCodes.Ldc_I4, 90);
        il.Emit(OpCodes.Stloc, result);
        il.Emit(OpCodes.Leave, end);
        il.EndExceptionBlock();
        il.MarkLabel(end);
        il.Emit(OpCodes.Ldloc, result);
        il.Emit(OpCodes.Ret);
    }
}
