using System.Globalization;
using System.Reflection;
using System.Reflection.Emit;
using Operands = Edgewise.Tests.Instrumentation.TraceCmp.HandAssembledBodies.Operands;

namespace Edgewise.Tests.Instrumentation.TraceCmp;

public sealed class HandAssembledTests
{
    private static readonly (int Left, int Right)[] Values = [(5, 7), (7, 5), (5, 5), (-1, 5), (5, -1), (-128, 127)];

    private static readonly byte[] Original = HandAssembledBodies.Image();
    private static readonly Type Before = Assembly.Load(Original).GetType("Hand")!;
    private static readonly TracedModule Recorded = new(Original, RecordedCalls.Class);
    private static readonly TracedModule Tabled = new(Original, null);

    public static TheoryData<string> Types() => [.. HandAssembledBodies.Types.Select(type => type.FullName!)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_comparing_instruction_hands_out_its_operands_and_does_what_it_did(string name)
    {
        Type type = Type.GetType(name, throwOnError: true)!;
        foreach (OpCode opcode in HandAssembledBodies.Comparisons(type))
        {
            foreach (Operands operands in Enum.GetValues<Operands>())
            {
                Compare(type, HandAssembledBodies.Name(opcode, type, operands), (left, right) => operands switch
                {
                    Operands.Both => Expected("Cmp", type, left, right),
                    Operands.ConstantRight => Expected("ConstCmp", type, Of(type, HandAssembledBodies.Constant), left),
                    _ => Expected("ConstCmp", type, Of(type, HandAssembledBodies.Constant), right),
                });
            }
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_test_for_zero_compares_with_the_constant_zero(string name)
    {
        Type type = Type.GetType(name, throwOnError: true)!;
        if (type == typeof(float) || type == typeof(double))
        {
            // No test of a floating-point number is valid (ECMA-335 III.3.17); nothing is known of what it would do.
            return;
        }

        foreach (OpCode opcode in HandAssembledBodies.Tests)
        {
            Compare(type, HandAssembledBodies.Name(opcode, type, Operands.Both), (left, _) => Expected("ConstCmp", type, Of(type, 0), left));
        }
    }

    private static void Compare(Type type, string method, Func<object, object, string> expected)
    {
        foreach ((int first, int second) in Values)
        {
            object left = Of(type, first);
            object right = Of(type, second);
            string place = $"{method}({left}, {right})";

            Assert.Equal($"{place} = {Before.GetMethod(method)!.Invoke(null, [left, right])}", $"{place} = {Recorded.Call("Hand", method, left, right)}");
            List<TracedCall> calls = RecordedCalls.Take();

            Assert.Equal($"{place}: {expected(left, right)}", $"{place}: {string.Join("; ", calls)}");
            Tabled.Call("Hand", method, left, right);
            Assert.Contains(LastCalls.Of(calls, Recorded).Single(), Tabled.RecentCompares());
        }
    }

    private static string Expected(string name, Type type, object first, object second) =>
        string.Create(CultureInfo.InvariantCulture, $"{name}{SizeOf(type)}({Bits(first):x}, {Bits(second):x})");

    private static int SizeOf(Type type) => type == typeof(char) ? 2 : type == typeof(nint) || type == typeof(nuint) ? 8 : System.Runtime.InteropServices.Marshal.SizeOf(type);

    private static object Of(Type type, int value) => unchecked(Type.GetTypeCode(type) switch
    {
        TypeCode.Byte => (byte)value,
        TypeCode.SByte => (sbyte)value,
        TypeCode.UInt16 => (ushort)value,
        TypeCode.Int16 => (short)value,
        TypeCode.Char => (char)value,
        TypeCode.UInt32 => (uint)value,
        TypeCode.Int64 => (long)value,
        TypeCode.UInt64 => (ulong)value,
        TypeCode.Single => (float)value,
        TypeCode.Double => (double)value,
        _ when type == typeof(nint) => (nint)value,
        _ when type == typeof(nuint) => (nuint)(nint)value,
        _ => (object)value,
    });

    private static ulong Bits(object value) => unchecked(value switch
    {
        byte n => n,
        sbyte n => (byte)n,
        ushort n => n,
        short n => (ushort)n,
        char n => n,
        int n => (uint)n,
        uint n => n,
        long n => (ulong)n,
        nint n => (ulong)n,
        nuint n => n,
        float n => BitConverter.SingleToUInt32Bits(n),
        double n => BitConverter.DoubleToUInt64Bits(n),
        _ => (ulong)value,
    });
}
