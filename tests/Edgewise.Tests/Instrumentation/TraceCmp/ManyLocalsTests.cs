using System.Reflection;
using System.Reflection.Emit;
using Edgewise.Instrumentation;
using Edgewise.Runtime.Formats;

namespace Edgewise.Tests.Instrumentation.TraceCmp;

/// <summary>Bodies with as many local variables as IL can name, to which no pass can add one.</summary>
public sealed class ManyLocalsTests
{
    private const int MostLocals = 65_535;

    [Theory]
    [InlineData(CoverageFeatures.TraceCmp)]
    [InlineData(CoverageFeatures.TraceCmp | CoverageFeatures.Inline8BitCounters | CoverageFeatures.ControlFlow)]
    public void A_body_without_room_for_a_variable_is_left_as_it_was_and_reported(CoverageFeatures features)
    {
        using TracedModule module = new(Image("Full", MostLocals), RecordedCalls.Class, features);

        MethodLeftOut leftOut = Assert.Single(module.Result.LeftOut);
        Assert.Equal(("EW1007", "Many.Compare"), (leftOut.Id, leftOut.Name));
        Assert.Contains($"it has {MostLocals} local variables", leftOut.Reason, StringComparison.Ordinal);
        PointMethod other = Assert.Single(module.Result.Points.Methods);
        Assert.NotEqual(leftOut.Token, other.Token);
        Assert.Equal(module.Result.Points.PointCount, other.PointCount);
        Assert.Equal(module.Result.Points.Blocks.Length, other.BlockCount);
        Assert.Single(module.Result.Points.Sites);
        Assert.Equal(1, Assert.Single(module.Result.Sites).Traced);
        Assert.Equal("True", module.Call("Many", "Other", 5));
        Assert.Equal("ConstCmp4(5, 5)", string.Join("; ", RecordedCalls.Take()));
    }

    [Fact]
    public void A_body_with_room_for_what_is_needed_is_traced()
    {
        using TracedModule module = new(Image("Nearly", MostLocals - 1), RecordedCalls.Class);

        Assert.Empty(module.Result.LeftOut);
        Assert.Equal(2, module.Result.Points.Sites.Length);
    }

    // Compare comes first, so that what is behind it tells whether anything was left of it.
    private static byte[] Image(string name, int locals)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName($"ManyLocals{name}"), typeof(object).Assembly);
        TypeBuilder type = assembly.DefineDynamicModule($"ManyLocals{name}").DefineType("Many", TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed);
        foreach ((string method, int count) in ((string, int)[])[("Compare", locals), ("Other", 0)])
        {
            ILGenerator il = type.DefineMethod(method, MethodAttributes.Public | MethodAttributes.Static, typeof(bool), [typeof(int)]).GetILGenerator();
            for (int i = 0; i < count; i++)
            {
                il.DeclareLocal(typeof(int));
            }

            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldc_I4_5);
            il.Emit(OpCodes.Ceq);
            il.Emit(OpCodes.Ret);
        }

        type.CreateType();
        using var image = new MemoryStream();
        assembly.Save(image);
        return image.ToArray();
    }
}
