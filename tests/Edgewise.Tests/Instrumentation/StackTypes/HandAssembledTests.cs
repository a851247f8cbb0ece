using System.Reflection;
using System.Reflection.Emit;
using Edgewise.Instrumentation.Flow.StackTypes;

namespace Edgewise.Tests.Instrumentation.StackTypes;

/// <summary>IL that no C# compiler writes.</summary>
public sealed class HandAssembledTests
{
    [Fact]
    public void Behind_an_unconditional_branch_the_stack_is_that_of_the_real_edges()
    {
        string sites = SitesOf(il =>
        {
            Label start = il.DefineLabel(), behind = il.DefineLabel();
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Br, start);
            il.MarkLabel(behind); // only a branch further down leads here, and with a value
            il.Emit(OpCodes.Ldc_I4_7);
            il.Emit(OpCodes.Ceq);
            il.Emit(OpCodes.Ret);
            il.MarkLabel(start);
            il.Emit(OpCodes.Conv_U1);
            il.Emit(OpCodes.Br, behind);
        });

        Assert.Equal("ceq(Byte, 7) Byte", sites);
    }

    [Fact]
    public void A_value_that_a_loop_carries_on_the_stack_takes_the_types_of_all_rounds()
    {
        string sites = SitesOf(il =>
        {
            Label loop = il.DefineLabel();
            il.Emit(OpCodes.Ldc_I4_3);
            il.MarkLabel(loop);
            il.Emit(OpCodes.Dup);
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ceq);
            il.Emit(OpCodes.Pop);
            il.Emit(OpCodes.Conv_I2);
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Brtrue, loop);
            il.Emit(OpCodes.Ret);
        });

        Assert.Equal("ceq(Int16, Int32) Int32; brtrue(Int32) Int32", sites);
    }

    [Fact]
    public void A_constant_that_comes_on_two_paths_is_one_and_two_constants_are_none()
    {
        string same = SitesOf(il => Choose(il, () => il.Emit(OpCodes.Ldc_I4_3), () => il.Emit(OpCodes.Ldc_I4_S, (sbyte)3)));
        string different = SitesOf(il => Choose(il, () => il.Emit(OpCodes.Ldc_I4_3), () => il.Emit(OpCodes.Ldc_I4, 300)));

        Assert.Equal("brtrue(Int32) Int32; ceq(3, Int32) Int32", same);
        Assert.Equal("brtrue(Int32) Int32; ceq(UInt16, Int32) Int32", different);
    }

    [Fact]
    public void Where_paths_leave_values_of_different_kinds_the_site_says_so()
    {
        string sites = SitesOf(il => Choose(il, () => il.Emit(OpCodes.Ldc_I4_3), () => il.Emit(OpCodes.Ldc_I8, 3L)));

        Assert.Equal("brtrue(Int32) Int32; ceq(Unknown, Int32) MergeConflict", sites);
    }

    [Fact]
    public void A_native_integer_and_a_32_bit_one_meet_as_a_native_one()
    {
        string sites = SitesOf(il => Choose(il, () => il.Emit(OpCodes.Ldc_I4_3), () =>
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Conv_I);
        }));

        Assert.Equal("brtrue(Int32) Int32; ceq(IntPtr, Int32) IntPtr", sites);
    }

    [Fact]
    public void A_constant_stays_one_through_conversions()
    {
        string sites = SitesOf(il =>
        {
            Compare(il, OpCodes.Ldc_I4_M1, OpCodes.Conv_U8);
            Compare(il, OpCodes.Ldc_I4_M1, OpCodes.Conv_I8);
            Compare(il, OpCodes.Ldc_I4_M1, OpCodes.Conv_U2);
            Compare(il, OpCodes.Ldc_I4_M1, OpCodes.Conv_Ovf_U2); // would throw
            Compare(il, OpCodes.Ldc_I4_5, OpCodes.Conv_Ovf_U2);
            Compare(il, OpCodes.Ldc_I4_5, OpCodes.Conv_R4);
            Compare(il, OpCodes.Ldc_I4_M1, OpCodes.Conv_R_Un);
            Compare(il, OpCodes.Ldc_I4_5, OpCodes.Neg); // no conversion
            il.Emit(OpCodes.Ldc_I4_0);
            il.Emit(OpCodes.Ret);
        });

        Assert.Equal(
            [
                "ceq(4294967295L, 4294967295L) UInt64", "ceq(-1L, -1L) Int64", "ceq(65535, 65535) UInt16", "ceq(UInt16, UInt16) UInt16",
                "ceq(5, 5) UInt16", "ceq(5F, 5F) Single", "ceq(4294967295D, 4294967295D) Double", "ceq(Int32, Int32) Int32",
            ],
            sites.Split("; "));
    }

    [Fact]
    public void Managed_pointers_are_typed_and_carry_what_they_lead_to()
    {
        string sites = SitesOf(il =>
        {
            il.Emit(OpCodes.Ldarga_S, (byte)0);
            il.Emit(OpCodes.Ldc_I4_4);
            il.Emit(OpCodes.Add);
            il.Emit(OpCodes.Ldarga_S, (byte)0);
            il.Emit(OpCodes.Clt_Un);
            il.Emit(OpCodes.Ldarga_S, (byte)0);
            il.Emit(OpCodes.Ldarga_S, (byte)0);
            il.Emit(OpCodes.Sub);
            il.Emit(OpCodes.Ldc_I4_4);
            il.Emit(OpCodes.Div);
            il.Emit(OpCodes.Pop);
            il.Emit(OpCodes.Ret);
        });

        Assert.Equal("clt.un(ref Int32, ref Int32) ManagedPointer; div(IntPtr, 4) IntPtr", sites);
    }

    [Fact]
    public void A_handler_begins_with_the_exception_a_finally_block_with_nothing()
    {
        string sites = SitesOf(il =>
        {
            il.BeginExceptionBlock();
            il.Emit(OpCodes.Ldc_I4_1);
            il.Emit(OpCodes.Pop);
            il.BeginExceptFilterBlock();
            il.Emit(OpCodes.Ldnull);
            il.Emit(OpCodes.Ceq);
            il.BeginCatchBlock(null!);
            il.Emit(OpCodes.Ldnull);
            il.Emit(OpCodes.Ceq);
            il.Emit(OpCodes.Pop);
            il.BeginFinallyBlock();
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldc_I4_2);
            il.Emit(OpCodes.Ceq);
            il.Emit(OpCodes.Pop);
            il.EndExceptionBlock();
            il.Emit(OpCodes.Ldc_I4_0);
            il.Emit(OpCodes.Ret);
        });

        Assert.Equal("ceq(Object, Object) Object; ceq(Object, Object) Object; ceq(Int32, 2) Int32", sites);
    }

    [Fact]
    public void Code_that_no_path_reaches_has_no_types()
    {
        string sites = SitesOf(il =>
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ret);
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldc_I4_1);
            il.Emit(OpCodes.Ceq);
            il.Emit(OpCodes.Ret);
        });

        Assert.Equal("ceq() Unreachable", sites);
    }

    [Fact]
    public void A_stack_that_holds_too_little_or_too_much_makes_all_sites_malformed()
    {
        string tooLittle = SitesOf(il =>
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ceq);
            il.Emit(OpCodes.Pop);
            il.Emit(OpCodes.Ceq);
            il.Emit(OpCodes.Ret);
        });
        string twoDepths = SitesOf(il => Choose(il, () => il.Emit(OpCodes.Ldarg_0), () => il.Emit(OpCodes.Nop)));

        Assert.Equal("ceq() Malformed; ceq() Malformed", tooLittle);
        Assert.Equal("brtrue() Malformed; ceq() Malformed", twoDepths);
    }

    [Fact]
    public void A_probe_may_stand_in_front_of_the_first_prefix()
    {
        using AnalysedModule module = Assemble(
            il =>
            {
                il.Emit(OpCodes.Ldarga_S, (byte)0);
                il.Emit(OpCodes.Volatile);
                il.Emit(OpCodes.Unaligned, (byte)1);
                il.Emit(OpCodes.Ldind_U2);
                il.Emit(OpCodes.Ret);
            },
            SiteKinds.IndirectLoads);

        StackSite site = module.Analysis.Sites[0];

        Assert.Equal((2, 7, SiteKinds.IndirectLoads), (site.Start, site.Offset, site.Kind));
    }

    // brtrue, then one value or the other, then ceq with the argument.
    private static void Choose(ILGenerator il, Action first, Action second)
    {
        Label other = il.DefineLabel(), end = il.DefineLabel();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Brtrue, other);
        first();
        il.Emit(OpCodes.Br, end);
        il.MarkLabel(other);
        second();
        il.MarkLabel(end);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ceq);
        il.Emit(OpCodes.Ret);
    }

    private static void Compare(ILGenerator il, OpCode constant, OpCode conversion)
    {
        il.Emit(constant);
        il.Emit(conversion);
        il.Emit(OpCodes.Dup);
        il.Emit(OpCodes.Ceq);
        il.Emit(OpCodes.Pop);
    }

    private static string SitesOf(Action<ILGenerator> write)
    {
        using AnalysedModule module = Assemble(write, AnalysedModule.ValueSites);
        return SiteText.Of(module);
    }

    private static AnalysedModule Assemble(Action<ILGenerator> write, SiteKinds wanted)
    {
        PersistedAssemblyBuilder assembly = new(new AssemblyName("Hand"), typeof(object).Assembly);
        TypeBuilder type = assembly.DefineDynamicModule("Hand").DefineType("Hand", TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed);
        write(type.DefineMethod("Run", MethodAttributes.Public | MethodAttributes.Static, typeof(int), [typeof(int)]).GetILGenerator());
        type.CreateType();
        using MemoryStream image = new();
        assembly.Save(image);
        AnalysedModule module = new(image.ToArray(), wanted);
        module.Analyse(module.Find("Run"));
        return module;
    }
}
