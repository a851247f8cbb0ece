using Edgewise.Instrumentation.Il;

namespace Edgewise.Instrumentation.Sites;

/// <summary>Finds what a compiler subtracted from a value before it switched on it.</summary>
internal static class SwitchBase
{
    /// <summary>The first case: what <c>ldc.i4 base; sub</c> takes off, or 0.</summary>
    /// <param name="code">IL of the body.</param>
    /// <param name="body">Its marks.</param>
    /// <param name="producer">Offset of the instruction that pushed the operand of the <c>switch</c>, or -1.</param>
    public static uint Of(ReadOnlySpan<byte> code, MethodBody body, int producer)
    {
        if (producer <= 0 || code[producer] != Opcode.Sub || (body.Marks[producer] & MethodBody.Leader) != 0)
        {
            return 0;
        }

        int before = producer - 1;
        while (before > 0 && (body.Marks[before] & MethodBody.InstructionStart) == 0)
        {
            before--;
        }

        return LoadedConstant.TryRead(code, before, out int constant) ? (uint)constant : 0;
    }
}
