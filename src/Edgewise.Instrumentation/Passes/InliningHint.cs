using Edgewise.Instrumentation.Il;
using Edgewise.Instrumentation.Image;

namespace Edgewise.Instrumentation.Passes;

/// <summary>A branch on a constant to the next instruction, at the start of a body: no code, but it lets the JIT inline the body as it did without probes.</summary>
/// <remarks>
/// CoreCLR's ExtendedDefaultPolicy weighs a callee's estimated size against the call's times a multiplier, which grows by three at the first branch
/// that it can fold and by one at each. A probe adds to the estimate; a hint takes that back. Unlike AggressiveInlining it hides no frame of a stack trace.
/// </remarks>
internal static class InliningHint
{
    /// <summary>Bytes of IL of one.</summary>
    public const int Size = 3;

    // Larger bodies are inlined only where a profile says so (its DEFAULT_MAX_INLINE_SIZE of 100, and 128 with the extended policy).
    private const int LargestInlined = 128;

    /// <summary>How many hints outweigh the probes of a body.</summary>
    /// <param name="codeSize">Bytes of its original IL.</param>
    /// <param name="points">How many probes it has.</param>
    /// <param name="preferSpeed">Larger bodies get hints too, and all get more, at the cost of a larger image.</param>
    public static int Wanted(int codeSize, int points, bool preferSpeed) => preferSpeed
        ? points > 0 && codeSize <= 100 ? 8 + (3 * points) : 0
        : points > 0 && codeSize <= 48 ? 4 + (2 * points) : 0;

    /// <summary>How many of them do not themselves make the body too large.</summary>
    /// <param name="wanted">How many there should be.</param>
    /// <param name="size">Bytes of the body with its probes; where that is too large as it is, only a profile can help, and then hints do too.</param>
    public static int Fitting(int wanted, int size) => size > LargestInlined ? wanted : Math.Min(wanted, (LargestInlined - size) / Size);

    /// <summary>Writes some.</summary>
    public static void Emit(ByteBuffer il, int count)
    {
        for (int i = 0; i < count; i++)
        {
            il.WriteByte(Opcode.LdcI4Zero);
            il.WriteByte(Opcode.BrTrueShort);
            il.WriteByte(0);
        }
    }
}
