using System.Numerics;

namespace Edgewise.Fuzzing.Scheduling;

/// <summary>Logarithms in whole numbers, so that decisions are the same on every machine.</summary>
internal static class FixedLogarithm
{
    /// <summary>Bits behind the point.</summary>
    public const int FractionBits = 16;

    private const int MantissaBits = 31;
    private const int TableSize = 4096;

    private static readonly uint[] Table = [.. Enumerable.Range(0, TableSize).Select(n => n == 0 ? 0 : Compute((ulong)n))];

    /// <summary>log₂ of a number that is at least 1, times 2¹⁶, rounded down.</summary>
    public static uint Log2(ulong value) => value < TableSize ? Table[value] : Compute(value);

    // Bit by bit: squaring a number between 1 and 2 doubles its logarithm, whose whole part is the next bit.
    private static uint Compute(ulong value)
    {
        int whole = BitOperations.Log2(value);
        ulong mantissa = whole <= MantissaBits ? value << (MantissaBits - whole) : value >> (whole - MantissaBits);
        uint result = (uint)whole;
        for (int bit = 0; bit < FractionBits; bit++)
        {
            mantissa = (mantissa * mantissa) >> MantissaBits;
            result <<= 1;
            if (mantissa >> (MantissaBits + 1) != 0)
            {
                mantissa >>= 1;
                result |= 1;
            }
        }

        return result;
    }
}
