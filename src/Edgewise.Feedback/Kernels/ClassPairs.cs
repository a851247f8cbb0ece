namespace Edgewise.Feedback.Kernels;

/// <summary>
/// The classes of two counters at a time, for the scalar twin: 128 KiB, made at its first word. Four look-ups a word beat eight in a table
/// of bytes, and arithmetic without a table. AFL++'s portable code has the same table.
/// </summary>
internal static class ClassPairs
{
    /// <summary>Each byte of an entry is the class of that byte of its index, whatever the byte order of the machine.</summary>
    public static readonly ushort[] Table = Make();

    private static ushort[] Make()
    {
        var table = new ushort[1 << 16];
        for (int pair = 0; pair < table.Length; pair++)
        {
            table[pair] = (ushort)(HitCountClasses.Of((byte)pair) | (HitCountClasses.Of((byte)(pair >> 8)) << 8));
        }

        return table;
    }
}
