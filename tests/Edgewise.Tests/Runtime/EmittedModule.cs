using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using Edgewise.Runtime;
using Edgewise.Runtime.Formats;

namespace Edgewise.Tests.Runtime;

/// <summary>
/// A module with a holder class and a point set as an instrumenter would make them, but emitted from nothing: the Runtime's side of the contract
/// is tested without the other.
/// </summary>
internal sealed class EmittedModule
{
    private readonly PersistedAssemblyBuilder _assembly;
    private readonly ModuleBuilder _module;
    private readonly FieldBuilder _counters;

    public EmittedModule(string name, int pointCount, byte hash = 0xAB)
    {
        Points = PointSets.Plain(pointCount, $"{name}.dll", hash);
        _assembly = new PersistedAssemblyBuilder(new AssemblyName(name), typeof(object).Assembly);
        _module = _assembly.DefineDynamicModule(name);
        TypeBuilder holder = _module.DefineType(Registration.HolderName, TypeAttributes.Abstract | TypeAttributes.Sealed | TypeAttributes.BeforeFieldInit);
        _counters = holder.DefineField("Counters", typeof(byte*), FieldAttributes.Assembly | FieldAttributes.Static | FieldAttributes.InitOnly);
        EmitConstructor(holder);
        holder.CreateType();
    }

    public PointSet Points { get; }

    /// <summary>A library with <c>Code.Hit(int)</c>, which counts a point.</summary>
    public byte[] BuildLibrary()
    {
        TypeBuilder code = _module.DefineType("Code", TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed);
        ILGenerator il = code.DefineMethod("Hit", MethodAttributes.Public | MethodAttributes.Static, null, [typeof(int)]).GetILGenerator();
        EmitCount(il, () => il.Emit(OpCodes.Ldarg_0));
        il.Emit(OpCodes.Ret);
        code.CreateType();
        return Build(null);
    }

    /// <summary>A program that counts points 0 and 2 and then does what <paramref name="body"/> emits, which leaves an exit code.</summary>
    public byte[] BuildProgram(Action<TypeBuilder, ILGenerator> body)
    {
        TypeBuilder code = _module.DefineType("Program", TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed);
        MethodBuilder main = code.DefineMethod("Main", MethodAttributes.Public | MethodAttributes.Static, typeof(int), [typeof(string[])]);
        ILGenerator il = main.GetILGenerator();
        EmitCount(il, () => il.Emit(OpCodes.Ldc_I4_0));
        EmitCount(il, () => il.Emit(OpCodes.Ldc_I4_2));
        body(code, il);
        il.Emit(OpCodes.Ret);
        code.CreateType();
        return Build(main);
    }

    private void EmitConstructor(TypeBuilder holder)
    {
        Type registration = typeof(Func<RuntimeTypeHandle, long, int, int, nint>);
        ILGenerator il = holder.DefineTypeInitializer().GetILGenerator();
        LocalBuilder host = il.DeclareLocal(registration);
        Label alone = il.DefineLabel();
        Label done = il.DefineLabel();
        il.Emit(OpCodes.Ldstr, Registration.Key);
        il.Emit(OpCodes.Call, typeof(AppContext).GetMethod(nameof(AppContext.GetData))!);
        il.Emit(OpCodes.Isinst, registration);
        il.Emit(OpCodes.Stloc, host);
        il.Emit(OpCodes.Ldloc, host);
        il.Emit(OpCodes.Brfalse, alone);
        il.Emit(OpCodes.Ldloc, host);
        il.Emit(OpCodes.Ldtoken, holder);
        il.Emit(OpCodes.Ldc_I8, Points.Identity);
        il.Emit(OpCodes.Ldc_I4, (int)RegistrationKind.Counters);
        il.Emit(OpCodes.Ldc_I4, Points.PointCount);
        il.Emit(OpCodes.Callvirt, registration.GetMethod("Invoke")!);
        il.Emit(OpCodes.Conv_U);
        il.Emit(OpCodes.Stsfld, _counters);
        il.Emit(OpCodes.Ldsfld, _counters);
        il.Emit(OpCodes.Brtrue, done);
        il.MarkLabel(alone);
        il.Emit(OpCodes.Ldc_I4, Points.PointCount);
        il.Emit(OpCodes.Conv_U);
        il.Emit(OpCodes.Call, typeof(NativeMemory).GetMethod(nameof(NativeMemory.AllocZeroed), [typeof(nuint)])!);
        il.Emit(OpCodes.Stsfld, _counters);
        il.MarkLabel(done);
        il.Emit(OpCodes.Ret);
    }

    private void EmitCount(ILGenerator il, Action loadPoint)
    {
        il.Emit(OpCodes.Ldsfld, _counters);
        loadPoint();
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Dup);
        il.Emit(OpCodes.Ldind_U1);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Conv_U1);
        il.Emit(OpCodes.Stind_I1);
    }

    private byte[] Build(MethodBuilder? main)
    {
        MetadataBuilder metadata = _assembly.GenerateMetadata(out BlobBuilder il, out BlobBuilder data);
        il.Align(4);
        il.WriteBytes(ImagePoints.Embed(Points));
        var image = new BlobBuilder();
        new ManagedPEBuilder(
            new PEHeaderBuilder(imageCharacteristics: Characteristics.ExecutableImage | (main is null ? Characteristics.Dll : 0)),
            new MetadataRootBuilder(metadata),
            il,
            data,
            entryPoint: main is null ? default : MetadataTokens.MethodDefinitionHandle(main.MetadataToken)).Serialize(image);
        return image.ToArray();
    }
}
