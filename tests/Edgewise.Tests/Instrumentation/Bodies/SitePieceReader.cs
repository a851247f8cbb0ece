using System.Reflection.Emit;

namespace Edgewise.Tests.Instrumentation.Bodies;

/// <summary>
/// Recognises the IL that stands at sites by what it does: it loads a field of the holder's that no original code names, calls or stores, touches none but
/// added local variables, and leaves the stack as it found it, but that a constant may be pushed anew.
/// </summary>
/// <param name="holderFields">Tokens of the holder's fields for sites.</param>
/// <param name="added">Methods that the original does not refer to, which alone a piece calls: how many parameters, and whether they return something.</param>
internal sealed class SitePieceReader(IReadOnlySet<int> holderFields, IReadOnlyDictionary<int, (int Parameters, bool Returns)> added)
{
    private const string Other = "?";

    /// <summary>How many local variables the body at hand had: its pieces use those behind.</summary>
    public int OriginalLocals { get; set; }

    /// <summary>Index of the first instruction behind the piece that begins at an index, or -1 if none does.</summary>
    public int EndOf(List<Instruction> body, int index)
    {
        if (body[index].OpCode != OpCodes.Dup && body[index].OpCode != OpCodes.Pop && Local(body[index]) < OriginalLocals)
        {
            return -1;
        }

        List<string> stack = [];
        Dictionary<int, string> locals = [];
        int taken = 0;
        bool namesHolder = false, hands = false;
        for (int i = index; i < body.Count; i++)
        {
            Instruction instruction = body[i];
            if (!Run(instruction, stack, locals, ref taken))
            {
                return -1;
            }

            namesHolder |= holderFields.Contains((int)instruction.Operand) && instruction.OpCode.OperandType == OperandType.InlineField;
            hands |= instruction.OpCode.FlowControl == FlowControl.Call || IsStore(instruction.OpCode);
            if (namesHolder && hands && stack.Count == taken && IsAsBefore(stack, taken, body, index) && !LoadsAdded(body, i + 1))
            {
                return i + 1;
            }
        }

        return -1;
    }

    // A dup of the original's in front of a piece that spills two values looks like the beginning of one that ends before its last load.
    private bool LoadsAdded(List<Instruction> body, int index) =>
        index < body.Count && Local(body[index]) >= OriginalLocals && Name(body[index]).StartsWith("ldloc", StringComparison.Ordinal);

    // The bottom of what is there now was the lowest that was taken. A constant in the place of the topmost must be the one that was pushed before.
    private static bool IsAsBefore(List<string> stack, int taken, List<Instruction> body, int index)
    {
        for (int i = 0; i < taken; i++)
        {
            string was = Taken(taken - 1 - i);
            if (stack[i] != was && !(i == taken - 1 && stack[i] == ConstantBefore(body, index)))
            {
                return false;
            }
        }

        return true;
    }

    private static string Taken(int place) => $"taken {place}";

    private static string ConstantBefore(List<Instruction> body, int index)
    {
        int at = index - 1;
        while (at >= 0 && Name(body[at]).StartsWith("conv.", StringComparison.Ordinal))
        {
            at--;
        }

        string text = at < 0 ? Other : Constant(body[at]);
        for (at++; at < index; at++)
        {
            text = Convert(text, Name(body[at]));
        }

        return text;
    }

    private bool Run(Instruction instruction, List<string> stack, Dictionary<int, string> locals, ref int taken)
    {
        string name = Name(instruction);
        int local = Local(instruction);
        if (local >= 0)
        {
            bool isStore = name.StartsWith("stloc", StringComparison.Ordinal);
            if (local < OriginalLocals || (!isStore && !locals.ContainsKey(local)))
            {
                return false;
            }

            if (isStore)
            {
                locals[local] = Pop(stack, ref taken);
            }
            else
            {
                stack.Add(locals[local]);
            }

            return true;
        }

        switch (name)
        {
            case "dup":
                string top = Pop(stack, ref taken);
                stack.Add(top);
                stack.Add(top);
                return true;
            case "pop":
                Pop(stack, ref taken);
                return true;
            case "ldsfld" or "ldsflda":
                stack.Add(Other);
                return holderFields.Contains((int)instruction.Operand);
            case "ldstr":
                stack.Add(Other);
                return true;
            case "add" or "or" or "shl":
                Pop(stack, ref taken);
                Pop(stack, ref taken);
                stack.Add(Other);
                return true;
            case "stind.i4" or "stind.i8":
                Pop(stack, ref taken);
                Pop(stack, ref taken);
                return true;
            case "call":
                return Call(instruction, stack, ref taken);
        }

        if (name.StartsWith("ldc.", StringComparison.Ordinal))
        {
            stack.Add(Constant(instruction));
            return true;
        }

        bool converts = name.StartsWith("conv.", StringComparison.Ordinal);
        if (converts)
        {
            stack.Add(Convert(Pop(stack, ref taken), name));
        }

        return converts;
    }

    private bool Call(Instruction instruction, List<string> stack, ref int taken)
    {
        if (!added.TryGetValue((int)instruction.Operand, out (int Parameters, bool Returns) method))
        {
            return false;
        }

        for (int i = 0; i < method.Parameters; i++)
        {
            Pop(stack, ref taken);
        }

        if (method.Returns)
        {
            stack.Add(Other);
        }

        return true;
    }

    private static string Pop(List<string> stack, ref int taken)
    {
        if (stack.Count == 0)
        {
            return Taken(taken++);
        }

        string top = stack[^1];
        stack.RemoveAt(stack.Count - 1);
        return top;
    }

    private static bool IsStore(OpCode opcode) => opcode == OpCodes.Stind_I4 || opcode == OpCodes.Stind_I8;

    private static string Name(Instruction instruction) => instruction.OpCode.Name!;

    private static string Constant(Instruction instruction) =>
        instruction.Constant is { } small ? $"i {small}"
        : instruction.OpCode == OpCodes.Ldc_I8 ? $"i {instruction.Operand}"
        : instruction.OpCode == OpCodes.Ldc_R4 || instruction.OpCode == OpCodes.Ldc_R8 ? $"{Name(instruction)} {instruction.Operand:x}"
        : Other;

    private static string Convert(string value, string conversion)
    {
        if (!value.StartsWith("i ", StringComparison.Ordinal))
        {
            return Other;
        }

        long number = long.Parse(value.AsSpan(2), System.Globalization.CultureInfo.InvariantCulture);
        return conversion switch
        {
            "conv.u8" or "conv.u" when number == (int)number => $"i {(uint)number}",
            "conv.u4" or "conv.i4" => $"i {(int)number}",
            "conv.u1" => $"i {(byte)number}",
            "conv.i1" => $"i {(sbyte)number}",
            "conv.u2" => $"i {(ushort)number}",
            "conv.i2" => $"i {(short)number}",
            "conv.r4" => $"ldc.r4 {BitConverter.SingleToInt32Bits(number):x}",
            "conv.r8" => $"ldc.r8 {BitConverter.DoubleToInt64Bits(number):x}",
            _ => value,
        };
    }

    // Number of the local variable that an instruction loads or stores, or -1.
    private static int Local(Instruction instruction)
    {
        string name = Name(instruction);
        return !name.StartsWith("ldloc", StringComparison.Ordinal) && !name.StartsWith("stloc", StringComparison.Ordinal) ? -1
            : name.StartsWith("ldloca", StringComparison.Ordinal) ? -1
            : instruction.OpCode.OperandType == OperandType.InlineNone ? name[^1] - '0'
            : (int)instruction.Operand;
    }
}
