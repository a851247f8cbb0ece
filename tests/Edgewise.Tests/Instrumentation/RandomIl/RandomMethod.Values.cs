using System.Reflection.Metadata;

namespace Edgewise.Tests.Instrumentation.RandomIl;

/// <content>Expressions: each pushes one value and tells what is known of it.</content>
internal sealed partial class RandomMethod
{
    private static readonly long[] Numbers =
        [0, 0, 1, 1, 2, 3, 5, 7, 8, 9, 100, 127, 128, 200, 255, 256, 300, 1000, 32767, 32768, 40000, 65535, 65536, -1, -2, -5, -100, -128, -129, -300, -32768, -40000, int.MaxValue, int.MinValue];

    private static readonly double[] Fractions = [0, 1, -1, 0.5, 1.5, -2.25, 1e10, 3e-5, double.NaN, double.PositiveInfinity, -0.0, 100];

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

    private Operand Leaf(ValueKind kind)
    {
        RandomLocal[] locals = [.. Locals.Where(local => local.Form == LocalForm.Plain && local.Type.Kind() == kind && (InitializesLocals || !local.IsCounter))];
        int[] arguments = [.. Enumerable.Range(0, _signature.Parameters.Count).Where(i => _signature.Parameters[i].Kind() == kind)];
        int choice = _random.Next(4);
        if (choice <= 1 && locals.Length > 0)
        {
            RandomLocal local = Pick(locals);
            Load(local.Index);
            return new(local.Type);
        }

        if (choice == 2 && arguments.Length > 0)
        {
            int argument = Pick(arguments);
            LoadArgument(argument);
            return new(_signature.Parameters[argument]);
        }

        if (choice == 3 && _random.Next(2) == 0 && Indirect(kind) is { } indirect)
        {
            return indirect;
        }

        return Constant(kind, Pick(Numbers));
    }

    // Through a reference, a structure, or an array.
    private Operand? Indirect(ValueKind kind)
    {
        RandomLocal[] sources = [.. Locals.Where(local => local.Form is LocalForm.Reference or LocalForm.Array && local.Type.Kind() == kind)];
        int[] fields = [.. Enumerable.Range(0, _module.Fields.Count).Where(i => _module.Fields[i].Kind() == kind)];
        if (_random.Next(2) == 0 && fields.Length > 0)
        {
            int field = Pick(fields);
            int structure = Locals.Find(local => local.Form == LocalForm.Structure)!.Index;
            if (_random.Next(2) == 0)
            {
                Load(structure);
            }
            else
            {
                LoadAddress(structure);
            }

            _il.Emit(ILOpCode.Ldfld, 0, RandomModule.FieldToken(field));
            return new(_module.Fields[field]);
        }

        if (sources.Length == 0)
        {
            return null;
        }

        RandomLocal source = Pick(sources);
        Load(source.Index);
        if (source.Form == LocalForm.Array)
        {
            Index();
            if (_random.Next(3) == 0)
            {
                _il.Emit(ILOpCode.Ldelem, -1, _module.TypeToken(source.Type));
            }
            else
            {
                Emit(LoadElement(source.Type), -1);
            }
        }
        else
        {
            if (_random.Next(4) == 0)
            {
                Emit(ILOpCode.Volatile, 0);
            }

            Emit(source.Type switch { ValueType.Byte => ILOpCode.Ldind_u1, ValueType.Int32 => ILOpCode.Ldind_i4, _ => ILOpCode.Ldind_i8 }, 0);
        }

        return new(source.Type);
    }

    private static ILOpCode LoadElement(ValueType type) => type switch
    {
        ValueType.Byte => ILOpCode.Ldelem_u1,
        ValueType.Int16 => ILOpCode.Ldelem_i2,
        ValueType.Int32 => ILOpCode.Ldelem_i4,
        ValueType.Int64 => ILOpCode.Ldelem_i8,
        _ => ILOpCode.Ldelem_r8,
    };

    // Nearly always within the four elements.
    private void Index()
    {
        ValueKind kind = _random.Next(4) == 0 ? ValueKind.Native : ValueKind.Int32;
        Expression(kind, 1);
        if (_random.Next(20) > 0)
        {
            Emit(ILOpCode.Ldc_i4_3, 1);
            Emit(ILOpCode.And, -1);
        }
    }

    private Operand Constant(ValueKind kind, long number)
    {
        switch (kind)
        {
            case ValueKind.Object:
                if (number % 2 == 0)
                {
                    Emit(ILOpCode.Ldnull, 1);
                }
                else
                {
                    _il.Emit(ILOpCode.Ldstr, 1, _module.StringToken($"s{number}"));
                }

                return new(ValueType.Object);
            case ValueKind.Single:
                float single = number == 0 ? 0 : (float)Pick(Fractions);
                _il.Emit(ILOpCode.Ldc_r4, 1, BitConverter.GetBytes(single));
                return new(ValueType.Single, BitConverter.SingleToUInt32Bits(single));
            case ValueKind.Double:
                double value = number == 0 ? 0 : Pick(Fractions);
                _il.Emit(ILOpCode.Ldc_r8, 1, BitConverter.GetBytes(value));
                return new(ValueType.Double, BitConverter.DoubleToInt64Bits(value));
            case ValueKind.Int64 when _random.Next(2) == 0:
                _il.Emit(ILOpCode.Ldc_i8, 1, BitConverter.GetBytes(number));
                return new(ValueType.Int64, number);
        }

        Int32Constant((int)number);
        if (kind != ValueKind.Int32)
        {
            Emit(kind == ValueKind.Int64 ? ILOpCode.Conv_i8 : ILOpCode.Conv_i, 0);
        }

        return new(kind == ValueKind.Int32 ? ValueType.Int32 : kind == ValueKind.Int64 ? ValueType.Int64 : ValueType.IntPtr, number);
    }

    private void Int32Constant(int number)
    {
        if (number is >= -1 and <= 8 && _random.Next(6) > 0)
        {
            Emit((ILOpCode)((int)ILOpCode.Ldc_i4_0 + number), 1);
        }
        else if (number is >= sbyte.MinValue and <= sbyte.MaxValue && _random.Next(6) > 0)
        {
            _il.Emit(ILOpCode.Ldc_i4_s, 1, [(byte)number]);
        }
        else
        {
            _il.Emit(ILOpCode.Ldc_i4, 1, BodyAssembler.Bytes(number));
        }
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
        bool mixes = kind == ValueKind.Native && opcode is ILOpCode.Add or ILOpCode.Sub or ILOpCode.Mul && kind == ValueKind.Native && _random.Next(2) == 0;
        bool leftIsInt = mixes && _random.Next(2) == 0;
        Operand left = Expression(leftIsInt ? ValueKind.Int32 : kind, depth - 1);
        Expression(mixes && !leftIsInt ? ValueKind.Int32 : kind, depth - 1);
        if (opcode is ILOpCode.Div or ILOpCode.Div_un or ILOpCode.Rem or ILOpCode.Rem_un && _il.LastLoadsVariable)
        {
            // The JIT of .NET 10.0 divides by 32 bits of a small variable in memory, of which only the lower ones were written.
            Emit(ILOpCode.Neg, 0);
        }

        Emit(opcode, -1);
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
