using System.Reflection;
using System.Reflection.Emit;

namespace Edgewise.Tests.Instrumentation.Redirect;

/// <summary>Uses that no static method can stand in for stay as they were, and are counted; prefixes stay valid.</summary>
public sealed class LeftAloneTests
{
    [Theory]
    [InlineData(
        "class R : Random { public override int Next(int b) => 100 + base.Next(b); } public static int Run() { R r = new R(); return ((Func<int>)(() => r.Next(1)))(); }",
        "base call of System.Random::Next(System.Int32)", "100", "-1")]
    [InlineData(
        "class R : Random { public override int Next(int b) { Func<int, int> f = base.Next; return 100 + f(b); } } public static int Run() { R r = new R(); object o = r; return (int)o.GetType().GetMethod(\"Next\", new[] { typeof(int) }).Invoke(o, new object[] { 1 }); }",
        "delegate over a base class's method of System.Random::Next(System.Int32)", "100", "100")]
    [InlineData(
        "static int M<T>(ref T r) where T : Random => r.Next(1); public static int Run() { var r = new Random(1); return M(ref r); }",
        "constrained call of System.Random::Next(System.Int32)", "0", "0")]
    [InlineData(
        "public static int Run() { Func<double, DateTime> f = new DateTime(2025, 1, 1).AddDays; return f(1).DayOfYear; }",
        "delegate over a structure's method of System.DateTime::AddDays(System.Double)", "2", "2")]
    public void What_cannot_be_redirected_is_as_it_was_and_counted(string members, string use, string before, string after)
    {
        using Redirected library = Redirected.Compile(members, RedirectTables.All);

        Assert.Equal((before, after), (library.Original(), library.Run()));
        Assert.Equal(1, library.Sites.LeftAlone[use]);
    }

    [Fact]
    public void The_constructor_of_a_derived_class_calls_its_base_class_and_is_announced()
    {
        RedirectTargets.Announced.Clear();
        using Redirected library = Redirected.Compile("class R : Random { } public static int Run() => new R().Next(1, 2);", RedirectTables.All);

        Assert.Equal("1", library.Run());
        Assert.Equal(["System.Random::.ctor()"], RedirectTargets.Announced);
        Assert.Equal(1, library.Sites.Announced["System.Random::.ctor()"]);
        Assert.Empty(library.Sites.LeftAlone);
    }

    [Fact]
    public void Tail_calls_stay_tail_calls_of_the_target()
    {
        PersistedAssemblyBuilder assembly = new(new AssemblyName("Lib"), typeof(object).Assembly);
        TypeBuilder type = assembly.DefineDynamicModule("Lib").DefineType("C", TypeAttributes.Public);
        ILGenerator ofStatic = Define("Run");
        ofStatic.Emit(OpCodes.Ldc_I4_2);
        ofStatic.Emit(OpCodes.Ldc_I4_3);
        ofStatic.Emit(OpCodes.Tailcall);
        ofStatic.Emit(OpCodes.Call, typeof(Math).GetMethod("Max", [typeof(int), typeof(int)])!);
        ofStatic.Emit(OpCodes.Ret);
        ILGenerator ofVirtual = Define("RunVirtual");
        ofVirtual.Emit(OpCodes.Ldnull);
        ofVirtual.Emit(OpCodes.Ldc_I4_3);
        ofVirtual.Emit(OpCodes.Tailcall);
        ofVirtual.Emit(OpCodes.Callvirt, typeof(Random).GetMethod("Next", [typeof(int)])!);
        ofVirtual.Emit(OpCodes.Ret);
        type.CreateType();
        using MemoryStream image = new();
        assembly.Save(image);
        using Redirected library = new(image.ToArray(), RedirectTables.All);

        Assert.Equal(("2003", "-2"), (library.Run(), library.Run("RunVirtual")));
        Assert.Equal([0x18, 0x19, 0xFE, 0x14, 0x28], library.Il("Run")[..5]);
        Assert.Equal([0x14, 0x19, 0xFE, 0x14, 0x28], library.Il("RunVirtual")[..5]);

        ILGenerator Define(string name) =>
            type.DefineMethod(name, MethodAttributes.Public | MethodAttributes.Static, typeof(int), []).GetILGenerator();
    }
}
