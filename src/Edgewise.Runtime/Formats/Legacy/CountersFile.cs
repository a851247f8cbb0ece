namespace Edgewise.Runtime.Formats.Legacy;

/// <summary>
/// <c>MODULE.PID.counters-sancov</c>: a byte a point, with the bit of its hit-count class set, or zero where it was not reached.
/// </summary>
/// <remarks>
/// Byte i belongs to point i of the module. The runtime of 2016 padded each compilation unit to 16 bytes in memory and not in the file, so that
/// counts behind the first unit stood in wrong places; a .NET module is one unit, and nothing is padded.
/// </remarks>
public static class CountersFile
{
    /// <summary>The content of a file.</summary>
    /// <param name="counters">One counter of 8 bits a point.</param>
    public static byte[] Encode(ReadOnlySpan<byte> counters)
    {
        byte[] classes = new byte[counters.Length];
        for (int i = 0; i < classes.Length; i++)
        {
            classes[i] = ClassOf(counters[i]);
        }

        return classes;
    }

    /// <summary>The bit of a count's class: 1, 2, 3, 4–7, 8–15, 16–31, 32–127, 128 and more are bits 0 to 7.</summary>
    public static byte ClassOf(byte count) => count switch
    {
        0 => 0,
        1 => 1,
        2 => 2,
        3 => 4,
        < 8 => 8,
        < 16 => 16,
        < 32 => 32,
        < 128 => 64,
        _ => 128,
    };
}
