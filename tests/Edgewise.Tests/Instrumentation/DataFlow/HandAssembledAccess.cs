using System.Reflection;
using System.Reflection.Emit;

namespace Edgewise.Tests.Instrumentation.DataFlow;

/// <summary>Loads and stores that C# does not write; each is <c>static int NAME(int)</c> of the class <c>HandAccess</c>.</summary>
internal static class HandAssembledAccess
{
    /// <summary>The image that holds them.</summary>
    public static byte[] Image()
    {
        PersistedAssemblyBuilder assembly = new(new AssemblyName("HandAccess"), typeof(object).Assembly);
        TypeBuilder type = assembly.DefineDynamicModule("HandAccess").DefineType("HandAccess", TypeAttributes.Public | TypeAttributes.Sealed);
        FieldBuilder number = type.DefineField("Number", typeof(int), FieldAttributes.Public);
        FieldBuilder shared = type.DefineField("Shared", typeof(long), FieldAttributes.Public | FieldAttributes.Static);
        ConstructorBuilder constructor = type.DefineDefaultConstructor(MethodAttributes.Public);
        Define("Prefixed", il => Prefixed(il, constructor, number));
        Define("PrefixedStatic", il => PrefixedStatic(il, shared));
        Define("Unaligned", Unaligned);
        Define("Objects", Objects);
        Define("NarrowingStore", NarrowingStore);
        Define("ElementsByToken", ElementsByToken);
        Define("NativeIndex", NativeIndex);
        Define("NullField", il => NullField(il, number));
        Define("ValueBelow", il => ValueBelow(il, constructor, number));
        Define("InAHandler", il => InAHandler(il, shared));
        type.CreateType();
        using MemoryStream image = new();
        assembly.Save(image);
        return image.ToArray();

        void Define(string name, Action<ILGenerator> write)
        {
            ILGenerator il = type.DefineMethod(name, MethodAttributes.Public | MethodAttributes.Static, typeof(int), [typeof(int)]).GetILGenerator();
            write(il);
            il.Emit(OpCodes.Ret);
        }
    }

    private static void Prefixed(ILGenerator il, ConstructorInfo constructor, FieldInfo number)
    {
        il.Emit(OpCodes.Newobj, constructor);
        il.Emit(OpCodes.Dup);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Unaligned, (byte)1);
        il.Emit(OpCodes.Volatile);
        il.Emit(OpCodes.Stfld, number);
        il.Emit(OpCodes.Volatile);
        il.Emit(OpCodes.Ldfld, number);
    }

    private static void PrefixedStatic(ILGenerator il, FieldInfo shared)
    {
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Conv_I8);
        il.Emit(OpCodes.Volatile);
        il.Emit(OpCodes.Stsfld, shared);
        il.Emit(OpCodes.Volatile);
        il.Emit(OpCodes.Ldsfld, shared);
        il.Emit(OpCodes.Conv_I4);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Conv_I8);
        il.Emit(OpCodes.Stsfld, shared);
    }

    private static void Unaligned(ILGenerator il)
    {
        il.DeclareLocal(typeof(long));
        il.Emit(OpCodes.Ldloca_S, (byte)0);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Unaligned, (byte)1);
        il.Emit(OpCodes.Volatile);
        il.Emit(OpCodes.Stind_I4);
        il.Emit(OpCodes.Ldloca_S, (byte)0);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Unaligned, (byte)1);
        il.Emit(OpCodes.Ldind_I4);
    }

    private static void Objects(ILGenerator il)
    {
        il.DeclareLocal(typeof(Guid));
        il.DeclareLocal(typeof(decimal));
        il.Emit(OpCodes.Ldloca_S, (byte)0);
        il.Emit(OpCodes.Ldloca_S, (byte)0);
        il.Emit(OpCodes.Ldobj, typeof(Guid));
        il.Emit(OpCodes.Stobj, typeof(Guid));
        il.Emit(OpCodes.Ldarga_S, (byte)0);
        il.Emit(OpCodes.Ldarga_S, (byte)0);
        il.Emit(OpCodes.Ldobj, typeof(int));
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Stobj, typeof(int));
        il.Emit(OpCodes.Ldarg_0);
    }

    // A native integer is stored into four bytes.
    private static void NarrowingStore(ILGenerator il)
    {
        il.Emit(OpCodes.Ldarga_S, (byte)0);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4_2);
        il.Emit(OpCodes.Mul);
        il.Emit(OpCodes.Conv_I);
        il.Emit(OpCodes.Stind_I4);
        il.Emit(OpCodes.Ldarga_S, (byte)0);
        il.Emit(OpCodes.Ldind_U4);
    }

    private static void ElementsByToken(ILGenerator il)
    {
        il.Emit(OpCodes.Ldc_I4_2);
        il.Emit(OpCodes.Newarr, typeof(int));
        il.Emit(OpCodes.Dup);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Stelem, typeof(int));
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Ldelem, typeof(int));
        il.Emit(OpCodes.Ldc_I4_2);
        il.Emit(OpCodes.Newarr, typeof(string));
        il.Emit(OpCodes.Dup);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Ldnull);
        il.Emit(OpCodes.Stelem, typeof(string));
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Ldelem, typeof(object));
        il.Emit(OpCodes.Pop);
    }

    private static void NativeIndex(ILGenerator il)
    {
        il.Emit(OpCodes.Ldc_I4_3);
        il.Emit(OpCodes.Newarr, typeof(sbyte));
        il.Emit(OpCodes.Dup);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Conv_I);
        il.Emit(OpCodes.Ldc_I4_M1);
        il.Emit(OpCodes.Stelem_I1);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Conv_I);
        il.Emit(OpCodes.Ldelem_U1);
    }

    private static void NullField(ILGenerator il, FieldInfo number)
    {
        il.Emit(OpCodes.Ldnull);
        il.Emit(OpCodes.Ldfld, number);
    }

    private static void ValueBelow(ILGenerator il, ConstructorInfo constructor, FieldInfo number)
    {
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Conv_R8);
        il.Emit(OpCodes.Ldstr, "below");
        il.Emit(OpCodes.Newobj, constructor);
        il.Emit(OpCodes.Dup);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Stfld, number);
        il.Emit(OpCodes.Ldfld, number);
        il.Emit(OpCodes.Pop);
        il.Emit(OpCodes.Pop);
        il.Emit(OpCodes.Conv_I4);
    }

    private static void InAHandler(ILGenerator il, FieldInfo shared)
    {
        il.BeginExceptionBlock();
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Newarr, typeof(int));
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldelem_I4);
        il.Emit(OpCodes.Pop);
        il.BeginCatchBlock(typeof(IndexOutOfRangeException));
        il.Emit(OpCodes.Pop);
        il.BeginFinallyBlock();
        il.Emit(OpCodes.Ldsfld, shared);
        il.Emit(OpCodes.Pop);
        il.EndExceptionBlock();
        il.Emit(OpCodes.Ldarg_0);
    }
}
