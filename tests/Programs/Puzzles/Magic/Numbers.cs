using System.Buffers.Binary;
using System.Globalization;
using Edgewise.Annotations;

namespace Puzzles.Magic;

/// <summary>Numbers that an input has to begin with, or to spell.</summary>
public static class Numbers
{
    private const ulong Long = 0x1BADB0028BADF00D;

    /// <summary>Four bytes, the least significant first.</summary>
    [FuzzTarget("magic-4")]
    public static void FourBytes(ReadOnlySpan<byte> input) => Solve(input.Length >= sizeof(uint) && BinaryPrimitives.ReadUInt32LittleEndian(input) == 0xCAFED00D);

    /// <summary>Eight bytes, the most significant first.</summary>
    [FuzzTarget("magic-8")]
    public static void EightBytes(ReadOnlySpan<byte> input) => Solve(input.Length >= sizeof(ulong) && BinaryPrimitives.ReadUInt64BigEndian(input) == Long);

    /// <summary>A whole number in decimal digits.</summary>
    [FuzzTarget("magic-integer")]
    public static void Whole(string text) => Solve(int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) && number == 748_251_963);

    /// <summary>A number with a fraction, as <see cref="decimal"/>.</summary>
    [FuzzTarget("magic-decimal")]
    public static void Fraction(string text) => Solve(decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out decimal number) && number == 1499.95m);

    private static void Solve(bool isSolved)
    {
        if (isSolved)
        {
            throw new PuzzleSolvedException();
        }
    }
}
