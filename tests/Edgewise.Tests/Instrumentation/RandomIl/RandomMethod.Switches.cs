using System.Reflection.Metadata;

namespace Edgewise.Tests.Instrumentation.RandomIl;

/// <content>Switches: of 32 and 64 bits, and chains of comparisons.</content>
internal sealed partial class RandomMethod
{
    private void Switch(bool canTry)
    {
        int[] arms = [.. Enumerable.Range(0, _random.Next(5)).Select(_ => _il.Label())];
        int end = _il.Label();
        int first = _random.Next(3) == 0 ? 0 : _random.Next(-3, 4);
        bool isWide = _random.Next(3) == 0;
        ValueKind kind = isWide ? ValueKind.Int64 : ValueKind.Int32;
        Operand operand = Expression(kind, 2);
        if (_random.Next(4) > 0)
        {
            Constant(kind, 3);
            Emit(ILOpCode.And, -1);
            operand = new(isWide ? ValueType.Int64 : ValueType.Int32);
        }

        // The conversion keeps what was subtracted for another reason from being read as a base.
        if (first == 0)
        {
            Emit(isWide ? ILOpCode.Conv_i8 : ILOpCode.Conv_i4, 0);
        }
        else
        {
            Constant(kind, first);
            Emit(ILOpCode.Sub, -1);
        }

        ExpectedSite? expected = first == 0 && operand.Constant is not null ? null
            : ExpectedSite.Switch(isWide ? 8 : 4, isWide ? 1 : 0, Enumerable.Range(first, arms.Length), first);
        if (isWide)
        {
            CheckRange(arms.Length, end, expected);
        }

        _il.Branch(ILOpCode.Switch, -1, arms, isWide ? null : expected);
        Block(canTry, 1);
        _il.Branch(ILOpCode.Br, 0, [end]);
        foreach (int arm in arms)
        {
            _il.Mark(arm);
            Block(canTry, 1);
            if (_random.Next(4) > 0)
            {
                _il.Branch(ILOpCode.Br, 0, [end]);
            }
        }

        _il.Mark(end);
    }

    // What C# puts between a value of 64 bits and the instruction that switches on 32.
    private void CheckRange(int count, int otherwise, ExpectedSite? expected)
    {
        int inRange = _il.Label();
        Emit(ILOpCode.Dup, 1);
        Constant(ValueKind.Int64, count - 1);
        _il.Branch(ILOpCode.Ble_un, -2, [inRange], expected);
        int depth = _il.Depth;
        Emit(ILOpCode.Pop, -1);
        _il.Branch(ILOpCode.Br, 0, [otherwise]);
        _il.Depth = depth;
        _il.Mark(inRange);
        Emit(ILOpCode.Conv_u4, 0);
    }

    // What a compiler makes of a switch with gaps: one comparison behind the other, which are one callback before the first.
    private void Chain(bool canTry)
    {
        RandomLocal variable = Pick(Plain().FindAll(local => local.Type.Kind() is ValueKind.Int32 or ValueKind.Int64 or ValueKind.Native && local.Type != ValueType.Boolean));
        ValueKind kind = variable.Type.Kind();
        int[] values = [.. Enumerable.Range(0, 3 + _random.Next(3)).Select(i => ((i * 17) + _random.Next(10) + 2) * (_random.Next(3) == 0 ? -1 : 1))];
        int[] arms = [.. values.Select(_ => _il.Label())];
        int end = _il.Label();
        Emit(ILOpCode.Nop, 0);
        for (int i = 0; i < values.Length; i++)
        {
            Load(variable.Index);
            Constant(kind, values[i]);
            _il.Branch(ILOpCode.Beq, -2, [arms[i]], i == 0 ? ExpectedSite.Switch(kind == ValueKind.Int32 ? 4 : 8, 1, values) : null);
        }

        _hadPlainTest = true;
        Emit(ILOpCode.Nop, 0);
        Block(canTry, 1);
        _il.Branch(ILOpCode.Br, 0, [end]);
        foreach (int arm in arms)
        {
            _il.Mark(arm);
            Emit(ILOpCode.Nop, 0);
            Assign();
            _il.Branch(ILOpCode.Br, 0, [end]);
        }

        _il.Mark(end);
    }
}
