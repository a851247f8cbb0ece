namespace Edgewise.Kernel.Modes;

/// <summary>The signal that syzkaller makes of the PCs of a call: what its corpus is chosen by.</summary>
/// <remarks>
/// Each PC with its lowest 12 bits mixed with a hash of those of the PC before; the hash of integers is Thomas Wang's. Source: <c>write_signal</c> of syzkaller's executor. Two differences: syzkaller's table forgets
/// some signals and so tells them again, and it leaves out what its filter excludes.
/// </remarks>
public static class SyzkallerSignal
{
    private const ulong Mask = 0xFFF;

    /// <summary>The signals of a trace, each once, in the order of first sight.</summary>
    /// <param name="pcs">The PCs of one call, in their order.</param>
    public static ulong[] Of(ReadOnlySpan<ulong> pcs)
    {
        ulong[] signals = new ulong[pcs.Length];
        ulong before = 0;
        for (int i = 0; i < signals.Length; i++)
        {
            signals[i] = pcs[i] ^ (Hash((uint)(before & Mask)) & Mask);
            before = pcs[i];
        }

        return UniqueRecords.Pcs(signals);
    }

    private static uint Hash(uint value)
    {
        value = value ^ 61 ^ (value >> 16);
        value += value << 3;
        value ^= value >> 4;
        value *= 0x27D4_EB2D;
        return value ^ (value >> 15);
    }
}
