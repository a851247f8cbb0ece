using System.Reflection;
using System.Reflection.Metadata;
using Edgewise.Tests.Instrumentation.Bodies;

namespace Edgewise.Tests.Instrumentation.Interpreter;

/// <summary>What each instruction that does not leave the straight line does to stack and variables (ECMA-335 III.3).</summary>
internal sealed class InstructionEffects(
    Interpreter interpreter, MethodBase method, Type[] localTypes, object?[] arguments, object?[] locals, EvaluationStack stack)
{
    private readonly ObjectEffects _objects = new(interpreter, method, stack);
    private readonly Type[] _argumentTypes = ArgumentTypes(method);

    /// <summary>Decides a conditional branch.</summary>
    public bool IsTaken(ILOpCode opcode)
    {
        if (opcode is ILOpCode.Brtrue or ILOpCode.Brtrue_s)
        {
            return StackValue.IsTrue(stack.Pop());
        }

        if (opcode is ILOpCode.Brfalse or ILOpCode.Brfalse_s)
        {
            return !StackValue.IsTrue(stack.Pop());
        }

        object? right = stack.Pop();
        object? left = stack.Pop();
        return opcode switch
        {
            ILOpCode.Beq or ILOpCode.Beq_s => Arithmetic.Compare(Comparison.Equal, false, left, right),
            ILOpCode.Bne_un or ILOpCode.Bne_un_s => Arithmetic.Compare(Comparison.NotEqual, true, left, right),
            ILOpCode.Blt or ILOpCode.Blt_s => Arithmetic.Compare(Comparison.Less, false, left, right),
            ILOpCode.Blt_un or ILOpCode.Blt_un_s => Arithmetic.Compare(Comparison.Less, true, left, right),
            ILOpCode.Ble or ILOpCode.Ble_s => Arithmetic.Compare(Comparison.LessOrEqual, false, left, right),
            ILOpCode.Ble_un or ILOpCode.Ble_un_s => Arithmetic.Compare(Comparison.LessOrEqual, true, left, right),
            ILOpCode.Bgt or ILOpCode.Bgt_s => Arithmetic.Compare(Comparison.Greater, false, left, right),
            ILOpCode.Bgt_un or ILOpCode.Bgt_un_s => Arithmetic.Compare(Comparison.Greater, true, left, right),
            ILOpCode.Bge or ILOpCode.Bge_s => Arithmetic.Compare(Comparison.GreaterOrEqual, false, left, right),
            ILOpCode.Bge_un or ILOpCode.Bge_un_s => Arithmetic.Compare(Comparison.GreaterOrEqual, true, left, right),
            _ => throw new NotInterpretableException($"{opcode}"),
        };
    }

    /// <summary>Does what an instruction does.</summary>
    /// <exception cref="GuestException">It throws.</exception>
    public void Apply(ILOpCode opcode, Instruction instruction)
    {
        if (instruction.Constant is { } constant)
        {
            stack.Push(constant);
            return;
        }

        if (!ApplyVariable(opcode, (int)instruction.Operand) && !ApplyArithmetic(opcode, instruction.Operand))
        {
            _objects.Apply(opcode, (int)instruction.Operand);
        }
    }

    private static Type[] ArgumentTypes(MethodBase method)
    {
        IEnumerable<Type> declared = method.GetParameters().Select(parameter => parameter.ParameterType);
        Type receiver = method.DeclaringType!.IsValueType ? method.DeclaringType.MakeByRefType() : method.DeclaringType;
        return method.IsStatic ? [.. declared] : [receiver, .. declared];
    }

    private bool ApplyVariable(ILOpCode opcode, int operand)
    {
        switch (opcode)
        {
            case ILOpCode.Ldarg_0 or ILOpCode.Ldarg_1 or ILOpCode.Ldarg_2 or ILOpCode.Ldarg_3:
                stack.Push(StackValue.Copy(arguments[opcode - ILOpCode.Ldarg_0]));
                return true;
            case ILOpCode.Ldarg or ILOpCode.Ldarg_s:
                stack.Push(StackValue.Copy(arguments[operand]));
                return true;
            case ILOpCode.Ldloc_0 or ILOpCode.Ldloc_1 or ILOpCode.Ldloc_2 or ILOpCode.Ldloc_3:
                stack.Push(StackValue.Copy(locals[opcode - ILOpCode.Ldloc_0]));
                return true;
            case ILOpCode.Ldloc or ILOpCode.Ldloc_s:
                stack.Push(StackValue.Copy(locals[operand]));
                return true;
            case ILOpCode.Stloc_0 or ILOpCode.Stloc_1 or ILOpCode.Stloc_2 or ILOpCode.Stloc_3:
                Store(locals, localTypes, opcode - ILOpCode.Stloc_0);
                return true;
            case ILOpCode.Stloc or ILOpCode.Stloc_s:
                Store(locals, localTypes, operand);
                return true;
            case ILOpCode.Starg or ILOpCode.Starg_s:
                Store(arguments, _argumentTypes, operand);
                return true;
            case ILOpCode.Ldloca or ILOpCode.Ldloca_s:
                stack.Push(new Place.Variable(locals, operand, localTypes[operand]));
                return true;
            case ILOpCode.Ldarga or ILOpCode.Ldarga_s:
                stack.Push(new Place.Variable(arguments, operand, _argumentTypes[operand]));
                return true;
            default:
                return false;
        }
    }

    private void Store(object?[] variables, Type[] types, int index)
    {
        object? value = stack.Pop();
        variables[index] = value is Place ? value : StackValue.Widen(StackValue.Narrow(value, types[index]), types[index]);
    }

    private bool ApplyArithmetic(ILOpCode opcode, long operand)
    {
        switch (opcode)
        {
            case ILOpCode.Nop:
                return true;
            case ILOpCode.Ldc_i8:
                stack.Push(operand);
                return true;
            case ILOpCode.Ldc_r4:
                stack.Push(BitConverter.Int32BitsToSingle((int)operand));
                return true;
            case ILOpCode.Ldc_r8:
                stack.Push(BitConverter.Int64BitsToDouble(operand));
                return true;
            case ILOpCode.Dup:
                stack.Push(StackValue.Copy(stack.Peek()));
                return true;
            case ILOpCode.Pop:
                stack.Pop();
                return true;
            case ILOpCode.Neg or ILOpCode.Not:
                stack.Push(Arithmetic.Unary(opcode, stack.Pop()));
                return true;
            case ILOpCode.Ceq:
                Compare(Comparison.Equal, false);
                return true;
            case ILOpCode.Cgt:
                Compare(Comparison.Greater, false);
                return true;
            case ILOpCode.Cgt_un:
                Compare(Comparison.Greater, true);
                return true;
            case ILOpCode.Clt:
                Compare(Comparison.Less, false);
                return true;
            case ILOpCode.Clt_un:
                Compare(Comparison.Less, true);
                return true;
            case >= ILOpCode.Add and <= ILOpCode.Shr_un or >= ILOpCode.Add_ovf and <= ILOpCode.Sub_ovf_un:
                object? right = stack.Pop();
                stack.Push(Arithmetic.Binary(opcode, stack.Pop(), right));
                return true;
            case >= ILOpCode.Conv_i1 and <= ILOpCode.Conv_u8 or ILOpCode.Conv_r_un or >= ILOpCode.Conv_ovf_i1_un and <= ILOpCode.Conv_ovf_u_un
                or >= ILOpCode.Conv_ovf_i1 and <= ILOpCode.Conv_ovf_u8 or >= ILOpCode.Conv_u2 and <= ILOpCode.Conv_ovf_u or ILOpCode.Conv_u:
                stack.Push(Conversion.Convert(opcode, stack.Pop()));
                return true;
            default:
                return false;
        }
    }

    private void Compare(Comparison comparison, bool unsigned)
    {
        object? right = stack.Pop();
        object? left = stack.Pop();
        stack.Push(Arithmetic.Compare(comparison, unsigned, left, right) ? 1 : 0);
    }
}
