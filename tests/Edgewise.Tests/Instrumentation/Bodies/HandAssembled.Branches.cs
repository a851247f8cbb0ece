using System.Reflection;
using System.Reflection.Emit;

namespace Edgewise.Tests.Instrumentation.Bodies;

/// <content>Bodies with branches, prefixes and calls of odd kinds.</content>
internal static partial class HandAssembled
{
    // n <= 0 ? answer : tail call of the other with n - 1; deep enough to overflow the stack without the prefix
    private static void TailCall(Context context, string other, int answer)
    {
        ILGenerator il = context.Il;
        Label end = il.DefineLabel();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Ble_S, end);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Tailcall);
        il.Emit(OpCodes.Call, context.Methods[other]);
        il.Emit(OpCodes.Ret);
        il.MarkLabel(end);
        Return(il, answer);
    }

    private static void Jump(Context context)
    {
        ILGenerator il = context.Il;
        Label other = il.DefineLabel();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4_3);
        il.Emit(OpCodes.Bgt, other);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4, 10);
        il.Emit(OpCodes.Mul);
        il.Emit(OpCodes.Starg_S, (byte)0);
        il.Emit(OpCodes.Jmp, context.Methods["LoopToEntry"]);
        il.MarkLabel(other);
        Return(il, -5);
    }

    // 100 + (n > 2 ? n : n > 0 ? 7 : 9) with two values waiting on the stack
    private static void StackAcrossBlocks(Context context)
    {
        ILGenerator il = context.Il;
        Label second = il.DefineLabel(), third = il.DefineLabel(), end = il.DefineLabel();
        il.Emit(OpCodes.Ldc_I4, 100);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4_2);
        il.Emit(OpCodes.Ble_S, second);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Br_S, end);
        il.MarkLabel(second);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Bgt_S, third);
        il.Emit(OpCodes.Ldc_I4, 9);
        il.Emit(OpCodes.Br_S, end);
        il.MarkLabel(third);
        il.Emit(OpCodes.Ldc_I4_7);
        il.MarkLabel(end);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Ret);
    }

    private static void SwitchWithOneTarget(Context context)
    {
        ILGenerator il = context.Il;
        Label one = il.DefineLabel(), next = il.DefineLabel();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Switch, [one, one, next, one]);
        il.MarkLabel(next);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4_5);
        il.Emit(OpCodes.Beq, one);
        Return(il, 20);
        il.MarkLabel(one);
        Return(il, 10);
    }

    private static void SwitchWithoutArms(Context context)
    {
        context.Il.Emit(OpCodes.Ldarg_0);
        context.Il.Emit(OpCodes.Switch, 0);
        Return(context.Il, 30);
    }

    private static void BothWaysToOnePlace(Context context)
    {
        ILGenerator il = context.Il;
        Label next = il.DefineLabel();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Brtrue_S, next);
        il.MarkLabel(next);
        Return(il, 40);
    }

    // A loop whose head is the first instruction of the body: the entry block has predecessors.
    private static void LoopToEntry(Context context)
    {
        ILGenerator il = context.Il;
        Label start = il.DefineLabel(), end = il.DefineLabel();
        il.MarkLabel(start);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Ble, end);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4_3);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Starg_S, (byte)0);
        il.Emit(OpCodes.Br, start);
        il.MarkLabel(end);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ret);
    }

    // Its back edge is critical only because the method's entry counts as a predecessor.
    private static void ConditionalLoopToEntry(Context context)
    {
        ILGenerator il = context.Il;
        Label start = il.DefineLabel();
        il.MarkLabel(start);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4, 5);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Starg_S, (byte)0);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Bgt_S, start);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ret);
    }

    private static void DeadCode(Context context)
    {
        ILGenerator il = context.Il;
        Label live = il.DefineLabel(), dead = il.DefineLabel();
        il.Emit(OpCodes.Br, live);
        il.MarkLabel(dead);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Brtrue, dead);
        Return(il, 1);
        il.MarkLabel(live);
        Return(il, 2);
        il.Emit(OpCodes.Nop);
        il.Emit(OpCodes.Br, live);
    }

    // Branches over more than 32 kB in both directions.
    private static void LongBody(Context context)
    {
        ILGenerator il = context.Il;
        Label far = il.DefineLabel(), back = il.DefineLabel();
        LocalBuilder sum = il.DeclareLocal(Int);
        il.MarkLabel(back);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4_2);
        il.Emit(OpCodes.Bgt, far);
        for (int i = 0; i < 2500; i++)
        {
            Label skip = il.DefineLabel();
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldc_I4, i % 7);
            il.Emit(OpCodes.Bne_Un, skip);
            il.Emit(OpCodes.Ldloc, sum);
            il.Emit(OpCodes.Ldc_I4, i);
            il.Emit(OpCodes.Add);
            il.Emit(OpCodes.Stloc, sum);
            il.MarkLabel(skip);
        }

        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Starg_S, (byte)0);
        il.Emit(OpCodes.Br, back);
        il.MarkLabel(far);
        il.Emit(OpCodes.Ldloc, sum);
        il.Emit(OpCodes.Ret);
    }

    // Short branches over as much as they reach: any probe in between makes them too short.
    private static void ShortBranchAtItsLimit(Context context)
    {
        ILGenerator il = context.Il;
        Label end = il.DefineLabel(), middle = il.DefineLabel();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Brtrue_S, end);
        for (int i = 0; i < 60; i++)
        {
            il.Emit(OpCodes.Nop);
        }

        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Brfalse_S, middle);
        for (int i = 0; i < 60; i++)
        {
            il.Emit(OpCodes.Nop);
        }

        il.MarkLabel(middle);
        il.Emit(OpCodes.Nop);
        il.Emit(OpCodes.Nop);
        il.MarkLabel(end);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Ret);
    }

    private static void Localloc(Context context)
    {
        ILGenerator il = context.Il;
        Label none = il.DefineLabel();
        LocalBuilder memory = il.DeclareLocal(typeof(int*));
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Ble, none);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4_8);
        il.Emit(OpCodes.Mul);
        il.Emit(OpCodes.Conv_U);
        il.Emit(OpCodes.Localloc);
        il.Emit(OpCodes.Stloc, memory);
        il.Emit(OpCodes.Ldloc, memory);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Stind_I4);
        il.Emit(OpCodes.Ldloc, memory);
        il.Emit(OpCodes.Ldind_I4);
        il.Emit(OpCodes.Ret);
        il.MarkLabel(none);
        Return(il, 70);
    }

    // volatile. unaligned. ldind, constrained. callvirt, readonly. ldelema; a branch leads to the first of the prefixes.
    private static void Prefixes(Context context)
    {
        ILGenerator il = context.Il;
        Label start = il.DefineLabel();
        LocalBuilder array = il.DeclareLocal(typeof(int[]));
        il.Emit(OpCodes.Ldc_I4_4);
        il.Emit(OpCodes.Newarr, Int);
        il.Emit(OpCodes.Stloc, array);
        il.Emit(OpCodes.Ldloc, array);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Stelem_I4);
        il.Emit(OpCodes.Ldloc, array);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Brfalse_S, start);
        il.Emit(OpCodes.Nop);
        il.MarkLabel(start);
        il.Emit(OpCodes.Readonly);
        il.Emit(OpCodes.Ldelema, Int);
        il.Emit(OpCodes.Volatile);
        il.Emit(OpCodes.Unaligned, (byte)2);
        il.Emit(OpCodes.Ldind_I4);
        il.Emit(OpCodes.Ldarga_S, (byte)0);
        il.Emit(OpCodes.Constrained, Int);
        il.Emit(OpCodes.Callvirt, typeof(object).GetMethod(nameof(GetHashCode))!);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Ret);
    }

    private static void Indirect(Context context)
    {
        ILGenerator il = context.Il;
        Label other = il.DefineLabel(), call = il.DefineLabel();
        LocalBuilder function = il.DeclareLocal(typeof(nint));
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Brtrue, other);
        il.Emit(OpCodes.Ldftn, context.Methods["DeadCode"]);
        il.Emit(OpCodes.Stloc, function);
        il.Emit(OpCodes.Br, call);
        il.MarkLabel(other);
        il.Emit(OpCodes.Ldftn, context.Methods["SwitchWithOneTarget"]);
        il.Emit(OpCodes.Stloc, function);
        il.MarkLabel(call);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldloc, function);
        il.EmitCalli(OpCodes.Calli, CallingConventions.Standard, Int, [Int], null);
        il.Emit(OpCodes.Ret);
    }

    // Compares with a number that is none: each branch that an inverted condition would get wrong.
    private static void Unordered(Context context)
    {
        ILGenerator il = context.Il;
        LocalBuilder sum = il.DeclareLocal(Int);
        int bit = 1;
        foreach (OpCode branch in (OpCode[])[OpCodes.Blt, OpCodes.Blt_Un, OpCodes.Ble, OpCodes.Ble_Un, OpCodes.Bgt, OpCodes.Bgt_Un, OpCodes.Bge, OpCodes.Bge_Un, OpCodes.Beq, OpCodes.Bne_Un])
        {
            foreach (double other in (double[])[double.NaN, 2])
            {
                Label taken = il.DefineLabel();
                il.Emit(OpCodes.Ldarg_0);
                il.Emit(OpCodes.Conv_R8);
                il.Emit(OpCodes.Ldc_R8, other);
                il.Emit(branch, taken);
                il.Emit(OpCodes.Ldloc, sum);
                il.Emit(OpCodes.Ldc_I4, bit);
                il.Emit(OpCodes.Or);
                il.Emit(OpCodes.Stloc, sum);
                il.MarkLabel(taken);
                bit <<= 1;
            }
        }

        il.Emit(OpCodes.Ldloc, sum);
        il.Emit(OpCodes.Ret);
    }

    // A block that is its own successor, and a loop without an end that is not entered.
    private static void Endless(Context context)
    {
        ILGenerator il = context.Il;
        Label loop = il.DefineLabel(), endless = il.DefineLabel();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4, 1000);
        il.Emit(OpCodes.Beq, endless);
        il.MarkLabel(loop);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Dup);
        il.Emit(OpCodes.Starg_S, (byte)0);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Bgt, loop);
        Return(il, 80);
        il.MarkLabel(endless);
        il.Emit(OpCodes.Br, endless);
    }
}
