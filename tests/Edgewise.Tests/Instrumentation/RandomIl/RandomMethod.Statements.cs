using System.Reflection.Metadata;

namespace Edgewise.Tests.Instrumentation.RandomIl;

/// <content>Statements: each leaves the stack as it was.</content>
internal sealed partial class RandomMethod
{
    private const int MostTurns = 24;

    private int _nesting;

    private List<RandomLocal> Plain() => Locals.FindAll(local => local is { Form: LocalForm.Plain, IsCounter: false });

    private void Statement(bool canTry)
    {
        if (_nesting >= DeepestStatement || Cost > MostCost)
        {
            Assign();
            return;
        }

        _nesting++;
        switch (_random.Next(14))
        {
            case 0 or 1:
                If(canTry);
                break;
            case 2 or 3 when _turns * 4 <= MostTurns:
                Loop(canTry);
                break;
            case 4:
                Switch(canTry);
                break;
            case 5 or 6 or 7 when canTry && _il.Depth == 0:
                Try();
                break;
            case 8:
                Chain(canTry);
                break;
            case 9:
                ThrowSometimes();
                break;
            case 10 when Call(Pick(ComparedKinds), 2) is not null:
                Emit(ILOpCode.Pop, -1);
                break;
            default:
                Assign();
                break;
        }

        _nesting--;
    }

    private void Block(bool canTry, int most)
    {
        for (int i = _random.Next(most) + 1; i > 0; i--)
        {
            Statement(canTry);
        }
    }

    private void Assign()
    {
        RandomLocal[] indirect = [.. Locals.Where(local => local.Form is LocalForm.Array or LocalForm.Reference)];
        switch (_random.Next(6))
        {
            case 0:
                int argument = _random.Next(_signature.Parameters.Count);
                Value(_signature.Parameters[argument], 3);
                _il.Emit(ILOpCode.Starg_s, -1, [(byte)argument]);
                break;
            case 1:
                int field = _random.Next(_module.Fields.Count);
                LoadAddress(Locals.Find(local => local.Form == LocalForm.Structure)!.Index);
                Value(_module.Fields[field], 3);
                _il.Emit(ILOpCode.Stfld, -2, RandomModule.FieldToken(field));
                break;
            case 2 when indirect.Length > 0:
                AssignThrough(Pick(indirect));
                break;
            default:
                RandomLocal local = Pick(Plain());
                Value(local.Type, 4);
                Store(local.Index);
                break;
        }
    }

    private void AssignThrough(RandomLocal target)
    {
        Load(target.Index);
        if (target.Form == LocalForm.Array)
        {
            ExpectedSite? expected = Index(valueAt: 1);
            Value(target.Type, 3);
            if (_random.Next(3) == 0)
            {
                _il.Emit(ILOpCode.Stelem, -3, BodyAssembler.Bytes(_module.TypeToken(target.Type)), expected);
            }
            else
            {
                _il.Emit(StoreElement(target.Type), -3, null, expected);
            }

            return;
        }

        Value(target.Type, 3);
        if (_random.Next(3) == 0)
        {
            Emit(ILOpCode.Volatile, 0);
        }

        Emit(target.Type switch { ValueType.Byte => ILOpCode.Stind_i1, ValueType.Int32 => ILOpCode.Stind_i4, _ => ILOpCode.Stind_i8 }, -2);
    }

    private static ILOpCode StoreElement(ValueType type) => type switch
    {
        ValueType.Byte => ILOpCode.Stelem_i1,
        ValueType.Int16 => ILOpCode.Stelem_i2,
        ValueType.Int32 => ILOpCode.Stelem_i4,
        ValueType.Int64 => ILOpCode.Stelem_i8,
        _ => ILOpCode.Stelem_r8,
    };

    private void If(bool canTry)
    {
        int other = _il.Label(), end = _il.Label();
        BranchIf(other, 3);
        Block(canTry, 2);
        bool hasElse = _random.Next(2) == 0;
        if (hasElse)
        {
            _il.Branch(ILOpCode.Br, 0, [end]);
        }

        _il.Mark(other);
        if (hasElse)
        {
            Block(canTry, 2);
        }

        _il.Mark(end);
    }

    private void Loop(bool canTry)
    {
        int turns = 1 + _random.Next(4);
        RandomLocal counter = new(LocalForm.Plain, ValueType.Int32, Locals.Count) { IsCounter = true };
        Locals.Add(counter);
        int body = _il.Label(), condition = _il.Label(), end = _il.Label();
        Emit(ILOpCode.Ldc_i4_0, 1);
        Store(counter.Index);
        bool testsFirst = _random.Next(3) > 0;
        if (testsFirst)
        {
            _il.Branch(ILOpCode.Br, 0, [condition]);
        }

        _turns *= turns;
        _il.Mark(body);
        Block(canTry, 2);
        if (_random.Next(3) == 0)
        {
            BranchIf(end, 2);
        }

        Load(counter.Index);
        Emit(ILOpCode.Ldc_i4_1, 1);
        Emit(ILOpCode.Add, -1);
        Store(counter.Index);
        _il.Mark(condition);
        Load(counter.Index);
        ExpectedSite expected = ExpectedSite.ConstantComparison(4, (ulong)turns, 1);
        Int32Constant(turns);
        if (_random.Next(2) == 0)
        {
            _il.Branch(_random.Next(2) == 0 ? ILOpCode.Blt : ILOpCode.Blt_un, -2, [body], expected);
        }
        else
        {
            _il.Emit(ILOpCode.Clt, -1, null, expected);
            _il.Branch(ILOpCode.Brtrue, -1, [body]);
        }

        _il.Mark(end);
        _turns /= turns;
    }

    private void ThrowSometimes()
    {
        int skip = _il.Label();
        BranchIf(skip, 2);
        int depth = _il.Depth;
        _il.Emit(ILOpCode.Newobj, 1, _module.ConstructorToken(Pick(RandomModule.Exceptions)));
        Emit(ILOpCode.Throw, -1);
        _il.Depth = depth;
        _il.Mark(skip);
    }

    private void Try()
    {
        ExceptionRegionKind kind = Pick((ExceptionRegionKind[])
            [ExceptionRegionKind.Catch, ExceptionRegionKind.Catch, _usesFilters ? ExceptionRegionKind.Filter : ExceptionRegionKind.Finally, _usesFilters ? ExceptionRegionKind.Filter : ExceptionRegionKind.Fault]);
        int start = _il.Label(), handler = _il.Label(), end = _il.Label();
        int filter = kind == ExceptionRegionKind.Filter ? _il.Label() : -1;
        _il.Mark(start);
        Block(canTry: true, 3);
        if (_random.Next(2) == 0)
        {
            ThrowSometimes();
        }

        if (_random.Next(3) == 0)
        {
            int stay = _il.Label();
            BranchIf(stay, 2);
            _il.Branch(ILOpCode.Leave, 0, [end]);
            _il.Mark(stay);
            Assign();
        }

        _il.Branch(ILOpCode.Leave, 0, [end]);
        if (filter >= 0)
        {
            _il.Mark(filter);
            _il.Depth = 1;
            Emit(ILOpCode.Pop, -1);
            Truth(3);
            Emit(ILOpCode.Endfilter, -1);
        }

        _il.Mark(handler);
        bool ends = kind is ExceptionRegionKind.Finally or ExceptionRegionKind.Fault;
        if (!ends)
        {
            _il.Depth = 1;
            Emit(ILOpCode.Pop, -1);
        }

        Block(canTry: true, 2);
        if (!ends && _random.Next(5) == 0)
        {
            int stay = _il.Label();
            BranchIf(stay, 2);
            Emit(ILOpCode.Rethrow, 0);
            _il.Mark(stay);
        }

        if (ends)
        {
            Emit(ILOpCode.Endfinally, 0);
        }
        else
        {
            _il.Branch(ILOpCode.Leave, 0, [end]);
        }

        _il.Mark(end);
        ReachesFinally |= ends;
        _il.Clauses.Add((kind, start, handler, end, filter, kind == ExceptionRegionKind.Catch ? _module.Reference(Pick(RandomModule.Exceptions)) : default));
    }
}
