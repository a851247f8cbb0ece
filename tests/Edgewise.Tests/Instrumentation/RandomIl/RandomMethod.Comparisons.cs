using System.Reflection.Metadata;

namespace Edgewise.Tests.Instrumentation.RandomIl;

/// <content>Comparisons, and the callback that each must make.</content>
internal sealed partial class RandomMethod
{
    private static readonly ILOpCode[] Values = [ILOpCode.Ceq, ILOpCode.Cgt, ILOpCode.Cgt_un, ILOpCode.Clt, ILOpCode.Clt_un];

    private static readonly ILOpCode[] Branches =
    [
        ILOpCode.Beq, ILOpCode.Bge, ILOpCode.Bgt, ILOpCode.Ble, ILOpCode.Blt, ILOpCode.Bne_un, ILOpCode.Bge_un, ILOpCode.Bgt_un, ILOpCode.Ble_un, ILOpCode.Blt_un,
    ];

    private static readonly ValueKind[] ComparedKinds =
        [ValueKind.Int32, ValueKind.Int32, ValueKind.Int32, ValueKind.Int32, ValueKind.Int64, ValueKind.Int64, ValueKind.Native, ValueKind.Single, ValueKind.Double, ValueKind.Object];

    // Comparisons of a variable with a constant, followed by branches: three of one variable could be read as a switch.
    private bool _hadPlainTest;

    // Pushes 0 or 1.
    private void Truth(int depth)
    {
        switch (depth <= 0 ? 9 : _random.Next(10))
        {
            case 0:
                Truth(depth - 1);
                Truth(depth - 1);
                Emit(Pick(Bitwise), -1);
                break;
            case 1:
                // Truth values are not traced.
                Truth(depth - 1);
                Emit(ILOpCode.Ldc_i4_0, 1);
                Emit(ILOpCode.Ceq, -1);
                break;
            case 2:
                // Nor are managed pointers.
                LoadAddress(Pick(Plain()).Index);
                LoadAddress(Pick(Plain()).Index);
                Emit(ILOpCode.Ceq, -1);
                break;
            default:
                (Operand left, Operand right, bool signedOnly) = Operands(depth - 1, isBranch: false);
                ILOpCode opcode = left.Kind == ValueKind.Object ? ILOpCode.Ceq
                    : signedOnly ? Pick((ILOpCode[])[ILOpCode.Ceq, ILOpCode.Cgt, ILOpCode.Clt]) : Pick(Values);
                _il.Emit(opcode, -1, null, Expected(left, right));
                break;
        }
    }

    // Branches to a label, or goes on, as a random comparison has it.
    private void BranchIf(int label, int depth)
    {
        if (_random.Next(4) == 0)
        {
            ValueKind kind = Pick((ValueKind[])[ValueKind.Int32, ValueKind.Int64, ValueKind.Native, ValueKind.Object]);
            Operand tested = Expression(kind, depth);
            NoPlainTest();
            ExpectedSite? expected = tested.Width == 0 || tested.Constant is not null ? null : ExpectedSite.ConstantComparison(tested.Width, 0, 0);
            _il.Branch(_random.Next(2) == 0 ? ILOpCode.Brtrue : ILOpCode.Brfalse, -1, [label], expected);
            return;
        }

        (Operand left, Operand right, bool signedOnly) = Operands(depth, isBranch: true);
        ILOpCode opcode = left.Kind == ValueKind.Object ? Pick((ILOpCode[])[ILOpCode.Beq, ILOpCode.Bne_un]) : signedOnly ? Branches[_random.Next(5)] : Pick(Branches);
        _il.Branch(opcode, -2, [label], Expected(left, right));
    }

    private (Operand Left, Operand Right, bool SignedOnly) Operands(int depth, bool isBranch)
    {
        ValueKind kind = Pick(ComparedKinds);
        ValueKind first = kind, second = kind;

        // Of a native and a 32-bit integer the JIT widens the latter as the instruction's sign says, but not always: signed ones it is.
        bool mixes = _random.Next(3) == 0 && kind is ValueKind.Native or ValueKind.Double && _random.Next(2) == 0;
        if (mixes)
        {
            ValueKind other = kind == ValueKind.Native ? ValueKind.Int32 : ValueKind.Single;
            (first, second) = _random.Next(2) == 0 ? (other, kind) : (kind, other);
        }

        bool hasConstant = _random.Next(3) == 0;
        bool constantFirst = hasConstant && _random.Next(3) == 0;
        Operand left = constantFirst ? Constant(first, Pick(Numbers)) : Expression(first, depth);
        if (isBranch)
        {
            NoPlainTest();
        }

        Operand right = hasConstant && !constantFirst ? Constant(second, Pick(Numbers)) : Expression(second, depth);
        return (left, right, mixes);
    }

    private void NoPlainTest()
    {
        if (_il.LastLoadsVariable && (_hadPlainTest || _random.Next(4) > 0))
        {
            Emit(ILOpCode.Nop, 0);
        }

        _hadPlainTest |= _il.LastLoadsVariable;
    }

    private static ExpectedSite? Expected(Operand left, Operand right)
    {
        Operand compared = Operand.Common(left, right, constantsShrink: false);
        if (compared.Width == 0 || (left.Constant is not null && right.Constant is not null))
        {
            return null;
        }

        bool isFloat = compared.Kind is ValueKind.Single or ValueKind.Double;
        if (left.Constant is null && right.Constant is null)
        {
            return ExpectedSite.Comparison(compared.Width, isFloat);
        }

        Operand constant = left.Constant is not null ? left : right;
        long value = constant.Constant!.Value;
        ulong bits = constant.Kind == ValueKind.Single && compared.Width == 8 ? BitConverter.DoubleToUInt64Bits(BitConverter.Int32BitsToSingle((int)value))
            : compared.Width == 8 ? (ulong)value : (ulong)value & ((1UL << (compared.Width * 8)) - 1);
        return ExpectedSite.ConstantComparison(compared.Width, bits, left.Constant is not null ? 0 : 1, isFloat);
    }
}
