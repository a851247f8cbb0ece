using System.Reflection;
using System.Reflection.Emit;

namespace Edgewise.Tests.Instrumentation.TraceCmp;

/// <summary>Every comparing instruction, on every kind of operand, with constants on either side: bodies that no compiler would write so evenly.</summary>
internal static class HandAssembledBodies
{
    private static readonly OpCode[] AllComparisons =
    [
        OpCodes.Ceq, OpCodes.Cgt, OpCodes.Cgt_Un, OpCodes.Clt, OpCodes.Clt_Un,
        OpCodes.Beq, OpCodes.Beq_S, OpCodes.Bne_Un, OpCodes.Bne_Un_S, OpCodes.Bge, OpCodes.Bge_S, OpCodes.Bge_Un, OpCodes.Bge_Un_S,
        OpCodes.Bgt, OpCodes.Bgt_S, OpCodes.Bgt_Un, OpCodes.Bgt_Un_S, OpCodes.Ble, OpCodes.Ble_S, OpCodes.Ble_Un, OpCodes.Ble_Un_S,
        OpCodes.Blt, OpCodes.Blt_S, OpCodes.Blt_Un, OpCodes.Blt_Un_S,
    ];

    private static readonly OpCode[] SomeComparisons = [OpCodes.Ceq, OpCodes.Clt_Un, OpCodes.Beq_S, OpCodes.Bge_Un];

    /// <summary>The tests for zero.</summary>
    public static IReadOnlyList<OpCode> Tests { get; } = [OpCodes.Brtrue, OpCodes.Brtrue_S, OpCodes.Brfalse, OpCodes.Brfalse_S];

    /// <summary>The instructions that compare two operands: all for the types that the stack tells apart, some for those that it does not.</summary>
    public static IReadOnlyList<OpCode> Comparisons(Type type) =>
        type == typeof(int) || type == typeof(long) || type == typeof(nint) || type == typeof(float) || type == typeof(double) ? AllComparisons : SomeComparisons;

    /// <summary>Types of operands, one a width and kind.</summary>
    public static IReadOnlyList<Type> Types { get; } =
    [
        typeof(byte), typeof(sbyte), typeof(ushort), typeof(short), typeof(char), typeof(int), typeof(uint), typeof(long), typeof(ulong), typeof(nint), typeof(nuint),
        typeof(float), typeof(double),
    ];

    /// <summary>The constant of each method with one: 5.</summary>
    public const int Constant = 5;

    /// <summary>Where a method's operands come from.</summary>
    public enum Operands
    {
        Both,
        ConstantRight,
        ConstantLeft,
    }

    /// <summary>Name of a method <c>int (T left, T right)</c> that compares and says whether it holds.</summary>
    public static string Name(OpCode opcode, Type type, Operands operands) => $"{opcode.Name} {type.Name} {operands}";

    /// <summary>An image with the class <c>Hand</c>.</summary>
    public static byte[] Image()
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName("TraceCmpByHand"), typeof(object).Assembly);
        TypeBuilder hand = assembly.DefineDynamicModule("TraceCmpByHand").DefineType("Hand", TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed);
        foreach (Type type in Types)
        {
            foreach (OpCode opcode in Comparisons(type))
            {
                foreach (Operands operands in Enum.GetValues<Operands>())
                {
                    Write(Define(hand, Name(opcode, type, operands), type, type), opcode, type, operands);
                }
            }

            foreach (OpCode opcode in Tests)
            {
                ILGenerator il = Define(hand, Name(opcode, type, Operands.Both), type, type);
                il.Emit(OpCodes.Ldarg_0);
                Finish(il, opcode);
            }
        }

        hand.CreateType();
        using var image = new MemoryStream();
        assembly.Save(image);
        return image.ToArray();
    }

    private static ILGenerator Define(TypeBuilder hand, string name, params Type[] parameters) =>
        hand.DefineMethod(name, MethodAttributes.Public | MethodAttributes.Static, typeof(int), parameters).GetILGenerator();

    private static void Write(ILGenerator il, OpCode opcode, Type type, Operands operands)
    {
        if (operands == Operands.ConstantLeft)
        {
            EmitConstant(il, type);
        }

        if (operands != Operands.ConstantLeft)
        {
            il.Emit(OpCodes.Ldarg_0);
        }

        if (operands != Operands.ConstantRight)
        {
            il.Emit(OpCodes.Ldarg_1);
        }
        else
        {
            EmitConstant(il, type);
        }

        Finish(il, opcode);
    }

    private static void Finish(ILGenerator il, OpCode opcode)
    {
        if (opcode.FlowControl != FlowControl.Cond_Branch)
        {
            il.Emit(opcode);
            il.Emit(OpCodes.Ret);
            return;
        }

        Label holds = il.DefineLabel();
        il.Emit(opcode, holds);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Ret);
        il.MarkLabel(holds);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Ret);
    }

    private static void EmitConstant(ILGenerator il, Type type)
    {
        if (type == typeof(float))
        {
            il.Emit(OpCodes.Ldc_R4, (float)Constant);
        }
        else if (type == typeof(double))
        {
            il.Emit(OpCodes.Ldc_R8, (double)Constant);
        }
        else if (type == typeof(long) || type == typeof(ulong))
        {
            il.Emit(OpCodes.Ldc_I8, (long)Constant);
        }
        else
        {
            il.Emit(OpCodes.Ldc_I4, Constant);
            if (type == typeof(nint) || type == typeof(nuint))
            {
                il.Emit(OpCodes.Conv_I);
            }
        }
    }
}
