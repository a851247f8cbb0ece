using System.Buffers.Binary;
using Edgewise.Instrumentation.Il;

namespace Edgewise.Instrumentation.Flow.StackTypes;

/// <content>What each instruction does.</content>
internal sealed partial class StackInterpreter
{
    private void Apply(StackEffect effect, int opcode, ReadOnlySpan<byte> code, int offset, int at)
    {
        switch (effect)
        {
            case StackEffect.None:
                break;
            case StackEffect.Drop:
                Drop(1);
                break;
            case StackEffect.DropTwo:
                Drop(2);
                break;
            case StackEffect.DropThree:
                Drop(3);
                break;
            case StackEffect.Clear:
                _depth = 0;
                break;
            case StackEffect.Push:
                Push(StackEffects.Results[opcode], at);
                break;
            case StackEffect.Replace:
                Drop(1);
                Push(StackEffects.Results[opcode], at);
                break;
            case StackEffect.ReplaceTwo:
                Drop(2);
                Push(StackEffects.Results[opcode], at);
                break;
            case StackEffect.Argument:
                Push(Variable(_arguments, _argumentCount, Number(opcode, 0x02, code, offset)), at);
                break;
            case StackEffect.ArgumentAddress:
                PushAddress(Variable(_arguments, _argumentCount, Number(opcode, 0x02, code, offset)), at);
                break;
            case StackEffect.Local:
                Push(Variable(_locals, _localCount, Number(opcode, 0x06, code, offset)), at);
                break;
            case StackEffect.LocalAddress:
                PushAddress(Variable(_locals, _localCount, Number(opcode, 0x06, code, offset)), at);
                break;
            case StackEffect.Constant:
                Push(StackEffects.Results[opcode], at);
                ref StackValue constant = ref _stack[_depth - 1];
                constant = constant with { IsConstant = true, Constant = ReadConstant(opcode, code, offset) };
                break;
            case StackEffect.Duplicate:
                StackValue top = Top(1)[0];
                Push(top.TypeIndex, at);
                _stack[_depth - 1] = top;
                break;
            case StackEffect.Arithmetic:
                Combine(opcode, at, isBitwise: false);
                break;
            case StackEffect.Bitwise:
                Combine(opcode, at, isBitwise: true);
                break;
            case StackEffect.Shift:
                Drop(1);
                Widen(at);
                break;
            case StackEffect.Unary:
                Widen(at);
                break;
            case StackEffect.Convert:
                Convert(opcode, at);
                break;
            case StackEffect.LoadIndirect:
                int pointee = types.Pointee(Top(1)[0].TypeIndex);
                Drop(1);
                Push(Declared(StackEffects.Results[opcode], pointee), at);
                break;
            case StackEffect.LoadElement:
                int element = types.VectorElement(Top(2)[0].TypeIndex);
                Drop(2);
                Push(Declared(StackEffects.Results[opcode], element), at);
                break;
            case StackEffect.ReplaceByType:
                Drop(1);
                Push(members.OfType(Token(code, offset)), at);
                break;
            case StackEffect.ReplaceTwoByType:
                Drop(2);
                Push(members.OfType(Token(code, offset)), at);
                break;
            case StackEffect.ReplaceByAddress:
                Drop(1);
                PushAddress(members.OfType(Token(code, offset)), at);
                break;
            case StackEffect.ReplaceTwoByAddress:
                Drop(2);
                PushAddress(members.OfType(Token(code, offset)), at);
                break;
            case StackEffect.Cast:
                int target = members.OfType(Token(code, offset));
                Drop(1);
                Push(types.ValueOf(target).Type == StackType.Object ? target : ElementCode.Object, at);
                break;
            case StackEffect.NewVector:
                Drop(1);
                Push(types.Intern(ElementCode.Vector, members.OfType(Token(code, offset)), 0, StackType.Object), at);
                break;
            case StackEffect.Field:
                Drop(1);
                Push(members.OfField(Token(code, offset)), at);
                break;
            case StackEffect.FieldAddress:
                Drop(1);
                PushAddress(members.OfField(Token(code, offset)), at);
                break;
            case StackEffect.StaticField:
                Push(members.OfField(Token(code, offset)), at);
                break;
            case StackEffect.StaticFieldAddress:
                PushAddress(members.OfField(Token(code, offset)), at);
                break;
            case StackEffect.Call:
                CallShape called = members.OfCall(Token(code, offset));
                Drop(called.Arguments);
                PushResult(called, at);
                break;
            case StackEffect.CallIndirect:
                CallShape signature = members.OfCall(Token(code, offset));
                Drop(signature.Arguments + 1);
                PushResult(signature, at);
                break;
            case StackEffect.NewObject:
                Drop(members.OfCall(Token(code, offset)).Parameters);
                Push(members.OfConstructed(Token(code, offset)), at);
                break;
        }
    }

    private void Drop(int count)
    {
        if (count > _depth)
        {
            throw Malformed("an instruction takes more than the stack holds");
        }

        _depth -= count;
    }

    private void Push(int type, int at)
    {
        int depth = _depth;
        if (depth >= _limit)
        {
            throw Malformed("the stack grows beyond its declared depth");
        }

        _stack[depth] = types.ValueOf(type) with { Producer = at };
        _depth = depth + 1;
    }

    private void PushAddress(int type, int at) => Push(types.Intern(ElementCode.ByReference, type, 0, StackType.ManagedPointer), at);

    private void PushResult(CallShape shape, int at)
    {
        if (shape.Returned != ElementCode.Void)
        {
            Push(shape.Returned, at);
        }
    }

    // ldarg.0 … ldarg.3 and ldloc.0 … ldloc.3 have the number in the opcode.
    private static int Number(int opcode, int first, ReadOnlySpan<byte> code, int offset) =>
        opcode >= StackEffects.TwoByte ? BinaryPrimitives.ReadUInt16LittleEndian(code[offset..])
        : opcode < first + 4 ? opcode - first
        : code[offset];

    private static int Variable(int[] variables, int count, int number) =>
        number < count ? variables[number] : throw Malformed($"there is no argument or local variable {number}");

    private static long ReadConstant(int opcode, ReadOnlySpan<byte> code, int offset) => opcode switch
    {
        Opcode.LdcI4Short => (sbyte)code[offset],
        Opcode.LdcI4 => BinaryPrimitives.ReadInt32LittleEndian(code[offset..]),
        Opcode.LdcI8 or 0x23 => BinaryPrimitives.ReadInt64LittleEndian(code[offset..]),
        0x22 => BinaryPrimitives.ReadUInt32LittleEndian(code[offset..]),
        _ => opcode - Opcode.LdcI4Zero,
    };

    // What the opcode says, but as it is declared where the width is the same: a Boolean, a character, unsigned, an enumeration, a class.
    private int Declared(byte loaded, int declared)
    {
        if (declared == 0)
        {
            return loaded;
        }

        StackType says = types.ValueOf(loaded).Type;
        StackType declaredAs = types.ValueOf(declared).Type;
        return says.Kind() == declaredAs.Kind() && says.Width() == declaredAs.Width() ? declared : loaded;
    }

    private void Combine(int opcode, int at, bool isBitwise)
    {
        ReadOnlySpan<StackValue> operands = Top(2);
        StackType type = isBitwise
            ? StackArithmetic.Common(operands[0], operands[1])
            : StackArithmetic.Result(opcode, operands[0].Type, operands[1].Type);
        SkipReason reason = StackArithmetic.ReasonOf(type, operands[0], operands[1]);
        int full = operands[0].TypeIndex == operands[1].TypeIndex && types.ValueOf(operands[0].TypeIndex).Type == type ? operands[0].TypeIndex
            : type == StackType.ManagedPointer ? operands[operands[0].Type == StackType.ManagedPointer ? 0 : 1].TypeIndex
            : ElementCode.Of(type);
        _depth--;
        _stack[_depth - 1] = new StackValue(type, reason, false, full, at, 0);
    }

    private void Widen(int at)
    {
        StackValue operand = Top(1)[0];
        StackType type = StackArithmetic.Full(operand.Type);
        int full = type == operand.Type ? operand.TypeIndex : ElementCode.Of(type);
        _stack[_depth - 1] = new StackValue(type, operand.Reason, false, full, at, 0);
    }

    private void Convert(int opcode, int at)
    {
        StackValue operand = Top(1)[0];
        byte result = StackEffects.Results[opcode];
        StackType type = types.ValueOf(result).Type;
        bool known = ConstantConversion.TryConvert(operand, type, opcode, out long value);
        _stack[_depth - 1] = new StackValue(type, SkipReason.None, known, result, at, value);
    }
}
