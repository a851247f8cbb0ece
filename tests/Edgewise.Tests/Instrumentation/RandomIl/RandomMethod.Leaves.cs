using System.Reflection.Metadata;

namespace Edgewise.Tests.Instrumentation.RandomIl;

/// <content>Where expressions begin: variables, constants, and what references, structures and arrays hold.</content>
internal sealed partial class RandomMethod
{
    private static readonly long[] Numbers =
        [0, 0, 1, 1, 2, 3, 5, 7, 8, 9, 100, 127, 128, 200, 255, 256, 300, 1000, 32767, 32768, 40000, 65535, 65536, -1, -2, -5, -100, -128, -129, -300, -32768, -40000, int.MaxValue, int.MinValue];

    private static readonly double[] Fractions = [0, 1, -1, 0.5, 1.5, -2.25, 1e10, 3e-5, double.NaN, double.PositiveInfinity, -0.0, 100];

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

        if (choice == 3 && kind == ValueKind.Int32 && _depth < 12 && _random.Next(6) == 0)
        {
            _depth++;
            Operand character = Character();
            _depth--;
            return character;
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
            return Element(source.Type);
        }

        if (_random.Next(4) == 0)
        {
            Emit(ILOpCode.Volatile, 0);
        }

        Emit(LoadIndirect(source.Type), 0);
        return new(source.Type);
    }

    // Of the array on the stack: itself, through its address, or as a list has it.
    private Operand Element(ValueType type)
    {
        switch (_random.Next(6))
        {
            case 0 or 1:
                _il.Emit(ILOpCode.Ldelem, -1, BodyAssembler.Bytes(_module.TypeToken(type)), Index());
                break;
            case 2 when type is ValueType.Byte or ValueType.Int32 or ValueType.Int64:
                _il.Emit(ILOpCode.Ldelema, -1, BodyAssembler.Bytes(_module.TypeToken(type)), Index());
                Emit(LoadIndirect(type), 0);
                break;
            case 3 when type == ValueType.Int32:
                _il.Emit(ILOpCode.Callvirt, -1, BodyAssembler.Bytes(_module.ListIndexerToken), Index(canBeNative: false));
                break;
            default:
                _il.Emit(LoadElement(type), -1, null, Index());
                break;
        }

        return new(type);
    }

    // A character of a string.
    private Operand Character()
    {
        _il.Emit(ILOpCode.Ldstr, 1, _module.StringToken("characters"));
        _il.Emit(_random.Next(2) == 0 ? ILOpCode.Call : ILOpCode.Callvirt, -1, BodyAssembler.Bytes(_module.CharactersToken), Index(canBeNative: false));
        return new(ValueType.Char);
    }

    private static ILOpCode LoadIndirect(ValueType type) =>
        type switch { ValueType.Byte => ILOpCode.Ldind_u1, ValueType.Int32 => ILOpCode.Ldind_i4, _ => ILOpCode.Ldind_i8 };

    private static ILOpCode LoadElement(ValueType type) => type switch
    {
        ValueType.Byte => ILOpCode.Ldelem_u1,
        ValueType.Int16 => ILOpCode.Ldelem_i2,
        ValueType.Int32 => ILOpCode.Ldelem_i4,
        ValueType.Int64 => ILOpCode.Ldelem_i8,
        _ => ILOpCode.Ldelem_r8,
    };

    // Nearly always within the four elements. Tells the callback that its instruction must make, with the index so far below the top.
    private ExpectedSite? Index(int valueAt = 0, bool canBeNative = true)
    {
        ValueKind kind = canBeNative && _random.Next(4) == 0 ? ValueKind.Native : ValueKind.Int32;
        Operand index = _random.Next(6) == 0 ? Constant(kind, _random.Next(5)) : Expression(kind, 1);
        if (index.Constant is null && _random.Next(20) > 0)
        {
            Emit(ILOpCode.Ldc_i4_3, 1);
            Emit(ILOpCode.And, -1);
        }

        return index.Constant is not null ? null : ExpectedSite.Index(kind == ValueKind.Native ? 8 : 4, valueAt);
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
}
