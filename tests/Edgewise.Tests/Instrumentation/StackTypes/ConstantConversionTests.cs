using System.Reflection.Emit;
using Edgewise.Instrumentation.Flow.StackTypes;

namespace Edgewise.Tests.Instrumentation.StackTypes;

/// <summary>Constants as the JIT converts them.</summary>
public sealed class ConstantConversionTests
{
    private static readonly OpCode[] ToInteger =
    [
        OpCodes.Conv_I1, OpCodes.Conv_I2, OpCodes.Conv_I4, OpCodes.Conv_I8, OpCodes.Conv_U1, OpCodes.Conv_U2, OpCodes.Conv_U4, OpCodes.Conv_U8,
        OpCodes.Conv_Ovf_I1, OpCodes.Conv_Ovf_I2, OpCodes.Conv_Ovf_I4, OpCodes.Conv_Ovf_I8, OpCodes.Conv_Ovf_U1, OpCodes.Conv_Ovf_U2, OpCodes.Conv_Ovf_U4,
        OpCodes.Conv_Ovf_U8, OpCodes.Conv_Ovf_I1_Un, OpCodes.Conv_Ovf_I2_Un, OpCodes.Conv_Ovf_I4_Un, OpCodes.Conv_Ovf_I8_Un, OpCodes.Conv_Ovf_U1_Un,
        OpCodes.Conv_Ovf_U2_Un, OpCodes.Conv_Ovf_U4_Un, OpCodes.Conv_Ovf_U8_Un, OpCodes.Conv_I, OpCodes.Conv_U, OpCodes.Conv_R8, OpCodes.Conv_R_Un,
    ];

    private static readonly int[] Values = [0, 1, 5, 127, 128, 255, 256, 32767, 32768, 65535, 65536, int.MaxValue, -1, -128, -129, -32769, int.MinValue];

    public static TheoryData<string> Opcodes() => [.. ToInteger.Select(opcode => opcode.Name!)];

    [Theory]
    [MemberData(nameof(Opcodes))]
    public void A_known_result_is_the_one_that_runs(string name)
    {
        OpCode opcode = ToInteger.Single(candidate => candidate.Name == name);
        StackType target = ElementCode.ToStackType(StackEffects.Results[opcode.Value & 0xFF]);
        int known = 0;
        foreach (int value in Values)
        {
            StackValue constant = new(StackType.Int32, SkipReason.None, true, ElementCode.Int32, 0, value);
            if (ConstantConversion.TryConvert(constant, target, opcode.Value & 0xFF, out long converted))
            {
                known++;
                Assert.Equal(Run(opcode, target, value), converted);
            }
        }

        Assert.True(known >= 4, $"only {known} results are known");
    }

    // The result as 64 bits: integers sign-extended from their kind, floating point as bits.
    private static long Run(OpCode opcode, StackType target, int value)
    {
        DynamicMethod method = new("Convert", typeof(long), [typeof(int)]);
        ILGenerator il = method.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(opcode);
        if (target == StackType.Double)
        {
            il.EmitCall(OpCodes.Call, typeof(BitConverter).GetMethod(nameof(BitConverter.DoubleToInt64Bits))!, null);
        }

        il.Emit(OpCodes.Conv_I8);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<Func<int, long>>()(value);
    }
}
