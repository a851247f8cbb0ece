using System.Buffers.Binary;
using Edgewise.Annotations;

namespace Puzzles.Classic;

/// <summary>Integers of several widths and byte orders, alone and together.</summary>
public static class Integers
{
    private static readonly bool[] Announced = new bool[8];

    /// <summary>Narrow ranges, for four numbers that must all be right.</summary>
    [FuzzTarget("SimpleCmpTest")]
    public static void Ranges(ReadOnlySpan<byte> input)
    {
        if (input.Length != 21)
        {
            return;
        }

        ulong x = BinaryPrimitives.ReadUInt64LittleEndian(input);
        long y = BinaryPrimitives.ReadInt64LittleEndian(input[8..]);
        int z = BinaryPrimitives.ReadInt32LittleEndian(input[16..]);
        byte a = input[20];
        if (x > 1_234_567_890 && AnnounceOnce(0) && x < 1_234_567_895 && AnnounceOnce(1)
            && a == 0x42 && AnnounceOnce(2)
            && y >= 987_654_321 && AnnounceOnce(3) && y <= 987_654_325 && AnnounceOnce(4)
            && z < -10_000 && AnnounceOnce(5) && z >= -10_005 && AnnounceOnce(6) && z != -10_003 && AnnounceOnce(7))
        {
            throw new PuzzleSolvedException();
        }
    }

    /// <summary>Constants whose bytes are swapped, at places that depend on the length.</summary>
    [FuzzTarget("SwapCmpTest")]
    public static void Swapped(ReadOnlySpan<byte> input)
    {
        if (input.Length < 14)
        {
            return;
        }

        ulong x = BinaryPrimitives.ReverseEndianness(BinaryPrimitives.ReadUInt64LittleEndian(input));
        uint y = BinaryPrimitives.ReverseEndianness(BinaryPrimitives.ReadUInt32LittleEndian(input[(input.Length / 2)..]));
        uint z = BinaryPrimitives.ReverseEndianness(BinaryPrimitives.ReadUInt32LittleEndian(input[^4..]));
        if (x == 0x46555A5A5A5A5546 && z == 0x4F4B && y == 0x66757A7A && input[^5] == 'z')
        {
            throw new PuzzleSolvedException();
        }
    }

    /// <summary>The one number whose absolute value is negative, and a constant.</summary>
    [FuzzTarget("AbsNegAndConstantTest")]
    public static void NegativeMagnitude(ReadOnlySpan<byte> input)
    {
        if (input.Length < 8)
        {
            return;
        }

        int x = BinaryPrimitives.ReadInt32LittleEndian(input);
        uint y = BinaryPrimitives.ReadUInt32LittleEndian(input[4..]);
        int magnitude = Magnitude(x);
        if (magnitude < 0 && y == 0xBADDCAFE)
        {
            throw new PuzzleSolvedException();
        }
    }

    /// <summary>The same with numbers of 64 bits.</summary>
    [FuzzTarget("AbsNegAndConstant64Test")]
    public static void NegativeMagnitude64(ReadOnlySpan<byte> input)
    {
        if (input.Length < 16)
        {
            return;
        }

        long x = BinaryPrimitives.ReadInt64LittleEndian(input);
        ulong y = BinaryPrimitives.ReadUInt64LittleEndian(input[8..]);
        long magnitude = Magnitude(x);
        if (magnitude < 0 && y == 0xBADDCAFEDEADBEEF)
        {
            throw new PuzzleSolvedException();
        }
    }

    /// <summary>A divisor that becomes zero.</summary>
    /// <exception cref="DivideByZeroException">The puzzle is solved.</exception>
    [FuzzTarget("DivTest")]
    public static void Divisor(ReadOnlySpan<byte> input)
    {
        if (input.Length >= 4)
        {
            Sink.Number = 12_345_678 / (987_654 - BinaryPrimitives.ReadInt32LittleEndian(input));
        }
    }

    /// <summary>Three bytes that are one number to the base of 251.</summary>
    [FuzzTarget("ThreeBytes")]
    public static void OddBase(ReadOnlySpan<byte> input)
    {
        if (input.Length >= 3 && Number(input[0], input[1], input[2]) == Number((byte)'F', (byte)'U', (byte)'Z'))
        {
            throw new PuzzleSolvedException();
        }
    }

    /// <summary>A number to an odd base, as three bytes.</summary>
    internal static uint Number(byte first, byte second, byte third) => first + (251u * second) + (251u * 251u * third);

    // Math.Abs has its own answer to the smallest number; C's has none.
    private static int Magnitude(int number) => unchecked((number ^ (number >> 31)) - (number >> 31));

    private static long Magnitude(long number) => unchecked((number ^ (number >> 63)) - (number >> 63));

    private static bool AnnounceOnce(int step)
    {
        if (!Announced[step])
        {
            Announced[step] = true;
            Sink.Number = step;
        }

        return true;
    }
}
