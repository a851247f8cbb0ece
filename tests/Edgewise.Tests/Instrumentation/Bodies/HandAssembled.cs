using System.Reflection;
using System.Reflection.Emit;

namespace Edgewise.Tests.Instrumentation.Bodies;

/// <summary>Bodies that no C# compiler writes; each is <c>static int NAME(int)</c> of the class <c>Hand</c>.</summary>
internal static partial class HandAssembled
{
    private static readonly Type Int = typeof(int);

    /// <summary>Names of all methods.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Bodies().Select(body => body.Name)];

    /// <summary>The image that holds them.</summary>
    public static byte[] Image()
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName("Hand"), typeof(object).Assembly);
        TypeBuilder type = assembly.DefineDynamicModule("Hand").DefineType("Hand", TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed);
        var methods = new Dictionary<string, MethodBuilder>();
        foreach ((string name, _) in Bodies())
        {
            methods[name] = type.DefineMethod(name, MethodAttributes.Public | MethodAttributes.Static, Int, [Int]);
        }

        FieldBuilder marks = type.DefineField("Marks", Int, FieldAttributes.Public | FieldAttributes.Static);
        foreach ((string name, Action<Context> write) in Bodies())
        {
            write(new Context(methods[name].GetILGenerator(), methods, marks));
        }

        type.CreateType();
        using var image = new MemoryStream();
        assembly.Save(image);
        return image.ToArray();
    }

    private sealed record Context(ILGenerator Il, Dictionary<string, MethodBuilder> Methods, FieldBuilder Marks);

    private static IEnumerable<(string Name, Action<Context> Write)> Bodies() =>
    [
        ("IsEven", context => TailCall(context, "IsOdd", 1)),
        ("IsOdd", context => TailCall(context, "IsEven", 0)),
        ("Jump", Jump),
        ("Fault", Fault),
        ("BranchingFilter", BranchingFilter),
        ("StackAcrossBlocks", StackAcrossBlocks),
        ("SwitchWithOneTarget", SwitchWithOneTarget),
        ("SwitchWithoutArms", SwitchWithoutArms),
        ("BothWaysToOnePlace", BothWaysToOnePlace),
        ("LoopToEntry", LoopToEntry),
        ("ConditionalLoopToEntry", ConditionalLoopToEntry),
        ("DeadCode", DeadCode),
        ("LeavesTwoFinallyBlocks", LeavesTwoFinallyBlocks),
        ("BranchToTryStart", BranchToTryStart),
        ("BackwardLeave", BackwardLeave),
        ("LongBody", LongBody),
        ("ShortBranchAtItsLimit", ShortBranchAtItsLimit),
        ("Localloc", Localloc),
        ("Prefixes", Prefixes),
        ("Indirect", Indirect),
        ("Unordered", Unordered),
        ("Endless", Endless),
        ("Rethrow", Rethrow),
    ];

    private static void Return(ILGenerator il, int value)
    {
        il.Emit(OpCodes.Ldc_I4, value);
        il.Emit(OpCodes.Ret);
    }

    private static void AddMark(Context context, int value)
    {
        context.Il.Emit(OpCodes.Ldsfld, context.Marks);
        context.Il.Emit(OpCodes.Ldc_I4, value);
        context.Il.Emit(OpCodes.Add);
        context.Il.Emit(OpCodes.Stsfld, context.Marks);
    }

    private static void Throw(ILGenerator il, Type exception)
    {
        il.Emit(OpCodes.Newobj, exception.GetConstructor(Type.EmptyTypes)!);
        il.Emit(OpCodes.Throw);
    }
}
