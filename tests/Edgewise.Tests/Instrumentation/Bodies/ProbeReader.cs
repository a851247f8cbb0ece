using System.Reflection.Emit;

namespace Edgewise.Tests.Instrumentation.Bodies;

/// <summary>Recognises probes by what they are: they begin with a load of a holder's field, which no original code names, and
/// end where the evaluation stack is as deep as before.</summary>
/// <param name="pointers">The holder's fields by token.</param>
internal sealed class ProbeReader(IReadOnlyDictionary<int, HolderPointer> pointers)
{
    /// <summary>The probe that begins at an index, or null.</summary>
    /// <exception cref="InvalidDataException">One begins there, but it is not well formed.</exception>
    public Probe? At(List<Instruction> body, int index)
    {
        if (!IsHolderLoad(body[index]))
        {
            return null;
        }

        int point = PointAt(body, index);
        int depth = 0;
        int skipTo = -1;
        for (int i = index; ; i++)
        {
            Instruction instruction = body[i];
            if (IsHolderLoad(instruction) && PointAt(body, i) != point)
            {
                throw new InvalidDataException($"{instruction} is of another point than the probe it stands in");
            }

            bool tests = ((instruction.OpCode == OpCodes.Brfalse_S || instruction.OpCode == OpCodes.Brtrue_S) && depth == 1) || (instruction.OpCode == OpCodes.Beq_S && depth == 2);
            if (tests && skipTo < 0)
            {
                skipTo = (int)instruction.Operand;
                depth = 0;
                continue;
            }

            depth = instruction.OpCode == OpCodes.Call ? 0 : depth + StackChange(instruction);
            if (depth == 0)
            {
                if (skipTo >= 0 && skipTo != instruction.End)
                {
                    throw new InvalidDataException($"the probe's branch leads to IL_{skipTo:x4}, not behind the probe at IL_{instruction.End:x4}");
                }

                return new Probe(pointers[(int)body[index].Operand].Feature, point, i + 1);
            }
        }
    }

    private bool IsHolderLoad(Instruction instruction) =>
        instruction.OpCode == OpCodes.Ldsfld && pointers.ContainsKey((int)instruction.Operand);

    // A flag of point 0 is `ldsfld; ldc.i4.1; stind.i1`: a constant without an addition behind it is no displacement.
    private int PointAt(List<Instruction> body, int index)
    {
        int bytes = body[index + 1].Constant is { } constant && body[index + 2].OpCode == OpCodes.Add ? constant : 0;
        HolderPointer pointer = pointers[(int)body[index].Operand];
        return pointer.Point + (bytes / pointer.BytesPerPoint);
    }

    private static int StackChange(Instruction instruction)
    {
        OpCode opcode = instruction.OpCode;
        return opcode == OpCodes.Ldsfld || opcode == OpCodes.Dup || instruction.Constant is not null ? 1
            : opcode == OpCodes.Add || opcode == OpCodes.Sub || opcode == OpCodes.Shr_Un || opcode == OpCodes.And ? -1
            : opcode == OpCodes.Ldind_U1 || opcode == OpCodes.Ldind_I1 || opcode == OpCodes.Ldind_U4 || opcode == OpCodes.Conv_U1 ? 0
            : opcode == OpCodes.Stind_I1 ? -2
            : throw new InvalidDataException($"{instruction} does not belong into a probe");
    }
}
