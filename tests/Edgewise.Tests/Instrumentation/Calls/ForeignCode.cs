using System.Reflection.Emit;

namespace Edgewise.Tests.Instrumentation.Calls;

/// <summary>Code that is not instrumented, and not known to the Runtime, for the samples to call.</summary>
public static unsafe class ForeignCode
{
    /// <summary>A method that was made at run time and gives 5.</summary>
    public static Func<int> Compiled { get; } = Compile();

    /// <summary>Address of a method that takes two integers and gives their difference.</summary>
    public static nint Subtract { get; } = (nint)(delegate*<int, int, int>)&Difference;

    private static int Difference(int left, int right) => left - right;

    private static Func<int> Compile()
    {
        var method = new DynamicMethod("Compiled", typeof(int), null);
        ILGenerator il = method.GetILGenerator();
        il.Emit(OpCodes.Ldc_I4_5);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<Func<int>>();
    }
}
