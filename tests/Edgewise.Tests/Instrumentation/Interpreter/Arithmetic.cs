using System.Numerics;
using System.Reflection.Metadata;

namespace Edgewise.Tests.Instrumentation.Interpreter;

/// <summary>The arithmetic of ECMA-335 III.3 over stack values; 64-bit native integers.</summary>
internal static class Arithmetic
{
    /// <summary>A binary operation.</summary>
    /// <exception cref="GuestException">Division by zero or overflow.</exception>
    public static object Binary(ILOpCode opcode, object? left, object? right)
    {
        try
        {
            return (left, right) switch
            {
                (int a, int b) => (object)Int32(opcode, a, b),
                (long a, int b) when IsShift(opcode) => Int64(opcode, a, b),
                (long a, long b) => Int64(opcode, a, b),
                (nint a, int b) => (nint)Int64(opcode, a, b),
                (int a, nint b) => (nint)Int64(opcode, a, b),
                (nint a, nint b) => (nint)Int64(opcode, a, b),
                (float a, float b) => Float(opcode, a, b),
                (float a, double b) => Double(opcode, a, b),
                (double a, float b) => Double(opcode, a, b),
                (double a, double b) => Double(opcode, a, b),
                _ => throw new NotInterpretableException($"{opcode} of {left?.GetType()} and {right?.GetType()}"),
            };
        }
        catch (ArithmeticException exception)
        {
            throw new GuestException(exception);
        }
    }

    /// <summary><c>neg</c> and <c>not</c>.</summary>
    public static object Unary(ILOpCode opcode, object? value) => unchecked((opcode, value) switch
    {
        (ILOpCode.Neg, int n) => -n,
        (ILOpCode.Neg, long n) => -n,
        (ILOpCode.Neg, nint n) => -n,
        (ILOpCode.Neg, float n) => -n,
        (ILOpCode.Neg, double n) => -n,
        (ILOpCode.Not, int n) => ~n,
        (ILOpCode.Not, long n) => ~n,
        (ILOpCode.Not, nint n) => (object)~n,
        _ => throw new NotInterpretableException($"{opcode} of {value?.GetType()}"),
    });

    /// <summary>The comparisons that <c>ceq</c>, <c>cgt</c>, <c>clt</c> and the branches make; those of floats with "un" are true of what cannot be ordered.</summary>
    public static bool Compare(Comparison comparison, bool unsigned, object? left, object? right)
    {
        switch (left, right)
        {
            case (int a, int b):
                return unsigned ? Holds(comparison, unchecked((uint)a).CompareTo(unchecked((uint)b))) : Holds(comparison, a.CompareTo(b));
            case (long or nint or int, long or nint or int):
                long x = ToInt64(left);
                long y = ToInt64(right);
                return unsigned ? Holds(comparison, unchecked((ulong)x).CompareTo(unchecked((ulong)y))) : Holds(comparison, x.CompareTo(y));
            case (float or double, float or double):
                double p = ToDouble(left);
                double q = ToDouble(right);
                return double.IsNaN(p) || double.IsNaN(q)
                    ? comparison == Comparison.NotEqual || (unsigned && comparison != Comparison.Equal)
                    : Holds(comparison, p.CompareTo(q));
            case (Place first, Place second) when comparison is Comparison.Equal or Comparison.NotEqual:
                return first.IsSame(second) == (comparison == Comparison.Equal);
            case (Place, _) or (_, Place):
                throw new NotInterpretableException("a comparison of managed pointers");
            default:
                // cgt.un is how a reference is compared with null.
                bool same = ReferenceEquals(left is Boxed leftBox ? leftBox.Value : left, right is Boxed rightBox ? rightBox.Value : right);
                return comparison == Comparison.Equal ? same : !same;
        }
    }

    private static bool Holds(Comparison comparison, int order) => comparison switch
    {
        Comparison.Equal => order == 0,
        Comparison.NotEqual => order != 0,
        Comparison.Less => order < 0,
        Comparison.LessOrEqual => order <= 0,
        Comparison.Greater => order > 0,
        _ => order >= 0,
    };

    private static long ToInt64(object? value) => value is long n ? n : value is nint m ? m : (int)value!;

    private static double ToDouble(object? value) => value is float n ? n : (double)value!;

    private static bool IsShift(ILOpCode opcode) => opcode is ILOpCode.Shl or ILOpCode.Shr or ILOpCode.Shr_un;

    private static int Int32(ILOpCode opcode, int a, int b) => opcode switch
    {
        ILOpCode.Add => unchecked(a + b),
        ILOpCode.Sub => unchecked(a - b),
        ILOpCode.Mul => unchecked(a * b),
        ILOpCode.Div => a / b,
        ILOpCode.Rem => a == int.MinValue && b == -1 ? throw new OverflowException() : a % b,
        ILOpCode.Div_un => unchecked((int)((uint)a / (uint)b)),
        ILOpCode.Rem_un => unchecked((int)((uint)a % (uint)b)),
        ILOpCode.And => a & b,
        ILOpCode.Or => a | b,
        ILOpCode.Xor => a ^ b,
        ILOpCode.Shl => a << b,
        ILOpCode.Shr => a >> b,
        ILOpCode.Shr_un => a >>> b,
        ILOpCode.Add_ovf => checked(a + b),
        ILOpCode.Sub_ovf => checked(a - b),
        ILOpCode.Mul_ovf => checked(a * b),
        ILOpCode.Add_ovf_un => unchecked((int)CheckedSum((uint)a, (uint)b)),
        ILOpCode.Sub_ovf_un => unchecked((int)CheckedDifference((uint)a, (uint)b)),
        ILOpCode.Mul_ovf_un => unchecked((int)CheckedProduct((uint)a, (uint)b)),
        _ => throw new NotInterpretableException($"{opcode}"),
    };

    private static long Int64(ILOpCode opcode, long a, long b) => opcode switch
    {
        ILOpCode.Add => unchecked(a + b),
        ILOpCode.Sub => unchecked(a - b),
        ILOpCode.Mul => unchecked(a * b),
        ILOpCode.Div => a / b,
        ILOpCode.Rem => a == long.MinValue && b == -1 ? throw new OverflowException() : a % b,
        ILOpCode.Div_un => unchecked((long)((ulong)a / (ulong)b)),
        ILOpCode.Rem_un => unchecked((long)((ulong)a % (ulong)b)),
        ILOpCode.And => a & b,
        ILOpCode.Or => a | b,
        ILOpCode.Xor => a ^ b,
        ILOpCode.Shl => a << (int)b,
        ILOpCode.Shr => a >> (int)b,
        ILOpCode.Shr_un => a >>> (int)b,
        ILOpCode.Add_ovf => checked(a + b),
        ILOpCode.Sub_ovf => checked(a - b),
        ILOpCode.Mul_ovf => checked(a * b),
        ILOpCode.Add_ovf_un => unchecked((long)CheckedSum((ulong)a, (ulong)b)),
        ILOpCode.Sub_ovf_un => unchecked((long)CheckedDifference((ulong)a, (ulong)b)),
        ILOpCode.Mul_ovf_un => unchecked((long)CheckedProduct((ulong)a, (ulong)b)),
        _ => throw new NotInterpretableException($"{opcode}"),
    };

    private static float Float(ILOpCode opcode, float a, float b) => opcode switch
    {
        ILOpCode.Add => a + b,
        ILOpCode.Sub => a - b,
        ILOpCode.Mul => a * b,
        ILOpCode.Div => a / b,
        ILOpCode.Rem => a % b,
        _ => throw new NotInterpretableException($"{opcode}"),
    };

    private static double Double(ILOpCode opcode, double a, double b) => opcode switch
    {
        ILOpCode.Add => a + b,
        ILOpCode.Sub => a - b,
        ILOpCode.Mul => a * b,
        ILOpCode.Div => a / b,
        ILOpCode.Rem => a % b,
        _ => throw new NotInterpretableException($"{opcode}"),
    };

    // Functions of their own, since "checked" would also hold for the casts of what is passed.
    private static T CheckedSum<T>(T a, T b)
        where T : INumber<T> => checked(a + b);

    private static T CheckedDifference<T>(T a, T b)
        where T : INumber<T> => checked(a - b);

    private static T CheckedProduct<T>(T a, T b)
        where T : INumber<T> => checked(a * b);
}
