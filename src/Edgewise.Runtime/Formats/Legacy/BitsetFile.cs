namespace Edgewise.Runtime.Formats.Legacy;

/// <summary>
/// <c>MODULE.PID.bitset-sancov</c>: a digit a point, <c>1</c> where it was reached and <c>0</c> where not, and nothing else. All points of the
/// module stand in it, so that the files of two runs of one build can be compared byte by byte.
/// </summary>
public static class BitsetFile
{
    /// <summary>The content of a file.</summary>
    /// <param name="counters">One element a point; anything but zero is a hit.</param>
    public static byte[] Encode(ReadOnlySpan<byte> counters)
    {
        byte[] digits = new byte[counters.Length];
        for (int i = 0; i < digits.Length; i++)
        {
            digits[i] = counters[i] == 0 ? (byte)'0' : (byte)'1';
        }

        return digits;
    }
}
