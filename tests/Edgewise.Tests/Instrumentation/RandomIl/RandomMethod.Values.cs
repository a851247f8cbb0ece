using System.Reflection.Metadata;

namespace Edgewise.Tests.Instrumentation.RandomIl;

/// <content>Expressions: each pushes one value and tells what is known of it.</content>
internal sealed partial class RandomMethod
{
    private static readonly ILOpCode[] Operations =
        [ILOpCode.Add, ILOpCode.Sub, ILOpCode.Mul, ILOpCode.Add, ILOpCode.Sub, ILOpCode.Div, ILOpCode.Rem, ILOpCode.Div_un, ILOpCode.Rem_un, ILOpCode.Add_ovf, ILOpCode.Sub_ovf_un, ILOpCode.Mul_ovf];

    private static readonly ILOpCode[] Bitwise = [ILOpCode.And, ILOpCode.Or, ILOpCode.Xor];

    private static readonly ILOpCode[] Shifts = [ILOpCode.Shl, ILOpCode.Shr, ILOpCode.Shr_un];

    // Opcode, what it makes, whether it makes a constant of one.
    private static readonly (ILOpCode OpCode, ValueType Type, bool IsChecked)[] Conversions =
    [
        (ILOpCode.Conv_i1, ValueType.SByte, false), (ILOpCode.Conv_u1, ValueType.Byte, false), (ILOpCode.Conv_i2, ValueType.Int16, false), (ILOpCode.Conv_u2, ValueType.UInt16, false),
        (ILOpCode.Conv_i4, ValueType.Int32, false), (ILOpCode.Conv_u4, ValueType.UInt32, false), (ILOpCode.Conv_i8, ValueType.Int64, false), (ILOpCode.Conv_u8, ValueType.UInt64, false),
        (ILOpCode.Conv_i, ValueType.IntPtr, false), (ILOpCode.Conv_u, ValueType.UIntPtr, false), (ILOpCode.Conv_ovf_i1, ValueType.SByte, true), (ILOpCode.Conv_ovf_u1, ValueType.Byte, true),
        (ILOpCode.Conv_ovf_u2_un, ValueType.UInt16, true), (ILOpCode.Conv_ovf_i4, ValueType.Int32, true), (ILOpCode.Conv_ovf_i8, ValueType.Int64, true),
    ];

    // Pushes what can be stored to a variable of a type, or passed as one.
    private void Value(ValueType type, int depth)
    {
        if (type == ValueType.Boolean)
        {
            Truth(depth);
            return;
        }

        Operand operand = Expression(type.Kind(), depth);
        if (type.Kind() == ValueKind.Int32 && operand.Type != type)
        {
            (long least, long greatest) = type.Range();
            Emit(
                least == 0
                    ? greatest == byte.MaxValue ? ILOpCode.Conv_u1 : greatest == ushort.MaxValue ? ILOpCode.Conv_u2 : ILOpCode.Conv_u4
                    : greatest == sbyte.MaxValue ? ILOpCode.Conv_i1 : greatest == short.MaxValue ? ILOpCode.Conv_i2 : ILOpCode.Conv_i4,
                0);
        }
    }

    private Operand Expression(ValueKind kind, int depth)
    {
        if (depth <= 0 || _depth > 12)
        {
            return Leaf(kind);
        }

        _depth++;
        Operand result = kind switch
        {
            ValueKind.Object => ObjectValue(depth),
            ValueKind.Single or ValueKind.Double => FloatValue(kind, depth),
            _ => IntegerValue(kind, depth),
        };
        _depth--;
        return result;
    }

    private Operand ObjectValue(int depth)
    {
        if (_random.Next(3) > 0)
        {
            return Leaf(ValueKind.Object);
        }

        ValueType boxed = Pick((ValueType[])[ValueType.Int32, ValueType.Byte, ValueType.Int64, ValueType.Int16Enum, ValueType.Double]);
        Value(boxed, depth - 1);
        _il.Emit(ILOpCode.Box, 0, _module.TypeToken(boxed));
        return new(ValueType.Object);
    }

    private Operand FloatValue(ValueKind kind, int depth)
    {
        switch (_random.Next(8))
        {
            case 0:
                Expression(Pick((ValueKind[])[ValueKind.Int32, ValueKind.Int64, ValueKind.Native]), depth - 1);
                // Two roundings in place of one would differ between here and there.
                Emit(ILOpCode.Conv_i4, 0);
                Emit(ILOpCode.Neg, 0);
                Emit(kind == ValueKind.Single ? ILOpCode.Conv_r4 : ILOpCode.Conv_r8, 0);
                return new(kind == ValueKind.Single ? ValueType.Single : ValueType.Double);
            case 1 or 2:
                Expression(kind, depth - 1);
                Expression(kind, depth - 1);
                Emit(Pick((ILOpCode[])[ILOpCode.Add, ILOpCode.Sub, ILOpCode.Mul, ILOpCode.Div, ILOpCode.Rem]), -1);
                return new(kind == ValueKind.Single ? ValueType.Single : ValueType.Double);
            case 3:
                return Choice(kind, depth);
            case 4 when Call(kind, depth) is { } returned:
                return returned;
            default:
                return Leaf(kind);
        }
    }

    private Operand IntegerValue(ValueKind kind, int depth)
    {
        switch (_random.Next(16))
        {
            case 0 or 1:
                return Arithmetic(kind, depth);
            case 2 or 3:
                Operand left = Expression(kind, depth - 1);
                Operand right = Expression(kind, depth - 1);
                Emit(Pick(Bitwise), -1);
                return Operand.Common(left, right, constantsShrink: false) with { Constant = null };
            case 4:
                Operand shifted = Expression(kind, depth - 1);
                Int32Constant(_random.Next(kind == ValueKind.Int32 ? 32 : 64));
                Emit(Pick(Shifts), -1);
                return shifted.Computed();
            case 5:
                Operand negated = Expression(kind, depth - 1);
                Emit(_random.Next(2) == 0 ? ILOpCode.Neg : ILOpCode.Not, 0);
                return negated.Computed();
            case 6 or 7 or 8:
                return Converted(kind, depth);
            case 9 or 10 when kind == ValueKind.Int32:
                Truth(depth);
                return new(ValueType.Boolean);
            case 11 or 12:
                return Choice(kind, depth);
            case 13 when Call(kind, depth) is { } returned:
                return returned;
            case 14 when kind != ValueKind.Native:
                ValueType boxed = kind == ValueKind.Int64 ? ValueType.Int64 : Pick((ValueType[])[ValueType.Byte, ValueType.Int32, ValueType.Char, ValueType.ByteEnum]);
                Value(boxed, depth - 1);
                _il.Emit(ILOpCode.Box, 0, _module.TypeToken(boxed));
                _il.Emit(ILOpCode.Unbox_any, 0, _module.TypeToken(boxed));
                return new(boxed);
            case 15 when _depth < 6 && _turns < 8:
                Statement(canTry: false);
                return Expression(kind, depth - 1);
            default:
                return Leaf(kind);
        }
    }

    private Operand Arithmetic(ValueKind kind, int depth)
    {
        ILOpCode opcode = Pick(Operations);
        bool divides = opcode is ILOpCode.Div or ILOpCode.Div_un or ILOpCode.Rem or ILOpCode.Rem_un;
        bool mixes = kind == ValueKind.Native && opcode is ILOpCode.Add or ILOpCode.Sub or ILOpCode.Mul or ILOpCode.Div or ILOpCode.Rem && _random.Next(2) == 0;
        bool leftIsInt = mixes && _random.Next(2) == 0;
        ValueKind second = mixes && !leftIsInt ? ValueKind.Int32 : kind;
        Operand left = Expression(leftIsInt ? ValueKind.Int32 : kind, depth - 1);
        Operand right = divides && _random.Next(4) == 0 ? Constant(second, Pick(Numbers)) : Expression(second, depth - 1);
        if (divides && _il.LastLoadsVariable)
        {
            // The JIT of .NET 10.0 divides by 32 bits of a small variable in memory, of which only the lower ones were written.
            Emit(ILOpCode.Neg, 0);
        }

        _il.Emit(opcode, -1, null, divides && right.Constant is null ? ExpectedSite.Division(kind == ValueKind.Int32 ? 4 : 8) : null);
        Cost += _turns;
        return mixes ? new(ValueType.IntPtr) : left.Computed() with { Constant = null };
    }

    private Operand Converted(ValueKind kind, int depth)
    {
        (ILOpCode opcode, ValueType type, bool isChecked) = Pick([.. Conversions.Where(conversion => conversion.Type.Kind() == kind)]);
        ValueKind from = Pick((ValueKind[])[ValueKind.Int32, ValueKind.Int32, ValueKind.Int64, ValueKind.Native, ValueKind.Double]);
        Operand operand = Expression(from, depth - 1);
        if (isChecked && (operand.Constant is not null || from == ValueKind.Double))
        {
            opcode = kind == ValueKind.Int32 ? ILOpCode.Conv_i4 : ILOpCode.Conv_i8;
            type = kind == ValueKind.Int32 ? ValueType.Int32 : ValueType.Int64;
        }

        Emit(opcode, 0);
        return new(type, operand.Constant is { } constant && from != ValueKind.Double ? Convert(opcode, from, constant) : null);
    }

    private static long Convert(ILOpCode opcode, ValueKind from, long constant) => opcode switch
    {
        ILOpCode.Conv_i1 => (sbyte)constant,
        ILOpCode.Conv_u1 => (byte)constant,
        ILOpCode.Conv_i2 => (short)constant,
        ILOpCode.Conv_u2 => (ushort)constant,
        ILOpCode.Conv_i4 or ILOpCode.Conv_u4 => (int)constant,
        ILOpCode.Conv_u8 or ILOpCode.Conv_u when from == ValueKind.Int32 => (uint)constant,
        _ => constant,
    };

    // condition ? left : right, with whatever lies below on the stack.
    private Operand Choice(ValueKind kind, int depth)
    {
        int other = _il.Label(), end = _il.Label();
        BranchIf(other, depth - 1);
        int below = _il.Depth;
        Operand first = Expression(kind, depth - 1);
        _il.Branch(ILOpCode.Br, 0, [end]);
        _il.Depth = below;
        _il.Mark(other);
        Operand second = Expression(kind, depth - 1);
        _il.Mark(end);

        // Two choices, one within the other, must not end at one place: constants of three paths may meet in another order there than here.
        Emit(ILOpCode.Nop, 0);
        return first == second ? first : Operand.Common(first, second, constantsShrink: true) with { Constant = null };
    }

    private Operand? Call(ValueKind kind, int depth)
    {
        RandomSignature[] callees =
        [
            .. _module.Methods.Where(method => method.Result.Kind() == kind && !(_usesFilters && method.ReachesFinally) && Cost + ((long)method.Cost * _turns) < MostCost),
        ];
        if (callees.Length == 0)
        {
            return null;
        }

        RandomSignature callee = Pick(callees);
        callee.Parameters.ForEach(parameter => Value(parameter, depth - 1));
        _il.Emit(ILOpCode.Call, 1 - callee.Parameters.Count, callee.Token);
        Cost += callee.Cost * _turns;
        ReachesFinally |= callee.ReachesFinally;
        return new(callee.Result);
    }
}
