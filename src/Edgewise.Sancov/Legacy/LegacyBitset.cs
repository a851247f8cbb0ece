using Edgewise.Runtime.Formats;
using Edgewise.Sancov.Inputs;

namespace Edgewise.Sancov.Legacy;

/// <summary>A <c>MODULE.PID.bitset-sancov</c>.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Bits">One element a point, true where it was reached.</param>
public sealed record LegacyBitset(string Path, bool[] Bits)
{
    /// <summary>Points that were reached.</summary>
    public int CoveredCount => Bits.AsSpan().Count(true);

    /// <summary>Reads a file.</summary>
    /// <exception cref="SancovException">It cannot be read.</exception>
    /// <exception cref="CoverageFormatException">It is damaged.</exception>
    public static LegacyBitset Read(string path)
    {
        byte[] content = FileContent.Read(path);
        int wrong = content.AsSpan().IndexOfAnyExcept((byte)'0', (byte)'1');
        return wrong < 0
            ? new LegacyBitset(path, Array.ConvertAll(content, static digit => digit == '1'))
            : throw new CoverageFormatException($"{path}: bitset, offset {wrong}: byte 0x{content[wrong]:x2}; a digit 0 or 1 expected");
    }
}
