using Edgewise.Instrumentation.Il;

namespace Edgewise.Instrumentation.Sites;

/// <summary>Finds what a compiler subtracted from a value before it switched on it.</summary>
internal static class SwitchBase
{
    /// <summary>The first case: what <c>ldc base; sub</c> takes off, or 0.</summary>
    /// <param name="code">IL of the body.</param>
    /// <param name="body">Its marks.</param>
    /// <param name="producer">Offset of the instruction that pushed the value, or -1.</param>
    public static long Of(ReadOnlySpan<byte> code, MethodBody body, int producer)
    {
        if (producer <= 0 || code[producer] != Opcode.Sub)
        {
            return 0;
        }

        int start = producer;
        while (start > 0 && (body.Marks[start] & MethodBody.Leader) == 0)
        {
            start--;
        }

        int at = producer;
        return ConstantBefore.TryRead(code, body, start, ref at, out long constant) ? constant : 0;
    }
}
